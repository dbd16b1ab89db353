using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>Why a test in which two routers meet leaves out one way of giving them their roles; it stands on the page.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class NotTriedAttribute(Implementation leads, Implementation other, string reason) : Attribute
{
    public Implementation Leads => leads;

    public Implementation Other => other;

    public string Reason => reason;
}
