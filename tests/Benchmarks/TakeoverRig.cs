using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>One backup router and a scripted master that dies again and again.</summary>
internal sealed class TakeoverRig : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);
    private static readonly IPAddress s_address = IPAddress.Parse(VrrpConfiguration.DefaultAddress);

    private readonly VrrpConfiguration _configuration;
    private readonly Random _phase = new(1);
    private readonly Lab _lab;
    private readonly Observer _watch;
    private readonly ScriptedMaster _master;

    public TakeoverRig(Implementation implementation, double advertSeconds)
    {
        _configuration = new VrrpConfiguration { Priority = 100, AdvertSeconds = advertSeconds };
        _lab = new Lab(routers: 1);
        _watch = _lab.A.Watch();
        _master = new ScriptedMaster(_lab.Sender, _configuration.AdvertInterval);
        _lab.A.Start(implementation, _configuration);
    }

    /// <summary>Milliseconds past the deadline, one for each trial: the advert on the wire, the address on the interface.</summary>
    public Sample Advert { get; } = new();

    public Sample Address { get; } = new();

    public void Measure()
    {
        // A trial in which the machine held up the scripted master for a whole down interval measures nothing: it is repeated.
        for (int attempt = 0; attempt < 5; attempt++)
        {
            if (TryMeasure())
                return;
        }
        throw new LabException("the machine is too busy to play the master");
    }

    private bool TryMeasure()
    {
        _master.Revive();
        _watch.WaitForAdvert(_lab.Host.Address, s_limit, _watch.Adverts.Count);
        Thread.Sleep(TimeSpan.FromMilliseconds(200));
        _lab.A.Addresses.WaitFor(s_address, present: false, s_limit);
        Thread.Sleep(_configuration.AdvertInterval * _phase.NextDouble());
        int addressesBefore = _lab.A.Addresses.Events.Count;
        _master.Die();
        // The watching thread may be behind the wire.
        Thread.Sleep(TimeSpan.FromMilliseconds(5));
        Advert last = _watch.Adverts.Snapshot().Last(advert => advert.Source.Equals(_lab.Host.Address));
        Advert first = _watch.Adverts.WaitFor(
            "the takeover", advert => advert.Source.Equals(_lab.A.Address) && advert.At > last.At, s_limit);
        AddressEvent added = _lab.A.Addresses.Events.WaitFor("the address", change => change.Added, s_limit, addressesBefore);
        TimeSpan deadline = last.At + _configuration.ActiveDownInterval;
        if (first.At < deadline - _configuration.AdvertInterval / 2)
            return false;
        Advert.Add(first.At - deadline);
        Address.Add(added.At - deadline);
        return true;
    }

    public void Dispose()
    {
        _master.Dispose();
        _watch.Dispose();
        _lab.Dispose();
    }
}
