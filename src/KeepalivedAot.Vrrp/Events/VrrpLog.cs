using KeepalivedAot.Base.Logging;

namespace KeepalivedAot.Vrrp.Events;

/// <summary>Every log event of VRRP: method, id, level, wording.</summary>
internal sealed class VrrpLog(Log log)
{
    internal Log Log => log;
}
