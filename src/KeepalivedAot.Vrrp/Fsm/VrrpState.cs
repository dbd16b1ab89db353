namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>RFC 9568, 6.4, and keepalived's FAULT. The values are those of keepalived's FIFO, JSON and SNMP.</summary>
public enum VrrpState : byte
{
    Initialize = 0,
    Backup = 1,
    Active = 2,
    Fault = 3,
}
