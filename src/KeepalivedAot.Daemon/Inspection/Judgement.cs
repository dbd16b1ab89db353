using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>What a router would make of a packet.</summary>
/// <param name="Instance">Of the configuration that it was compared with; null when there is none.</param>
/// <param name="Remarks">What the router would log and accept all the same; empty when there is nothing.</param>
/// <param name="IsVerified">AH or <c>auth_hmac</c> was verified with a key.</param>
internal readonly record struct Judgement(VrrpFault Fault, PacketMismatch Mismatch, string? Instance, string[] Remarks, bool IsVerified);
