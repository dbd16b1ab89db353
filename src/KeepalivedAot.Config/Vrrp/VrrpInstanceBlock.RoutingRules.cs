using KeepalivedAot.Config.Routing.Names;

namespace KeepalivedAot.Config.Vrrp;

// Names in addresses, routes and rules, which are numbers to the kernel.
public sealed partial class VrrpInstanceBlock
{
    internal void ResolveNames(NameResolver resolver)
    {
        foreach (VirtualAddress address in VirtualAddresses)
            address.Check(resolver);
        if (_excludedAddresses is not null)
        {
            foreach (VirtualAddress address in _excludedAddresses)
                address.Check(resolver);
        }
        if (_virtualRoutes is not null || _virtualRules is not null)
            ResolveRoutingNames(resolver);
    }

    private void ResolveRoutingNames(NameResolver resolver)
    {
        _virtualRoutes?.RemoveAll(route => !route.Check(resolver));
        _virtualRules?.RemoveAll(rule => !rule.Check(resolver));
    }
}
