namespace KeepalivedAot.Tests.Dumps;

/// <summary>What exporters take from the dumps of an instance, whichever file it stood in.</summary>
internal sealed record InstanceFacts(string Name)
{
    public string? State { get; set; }

    public string? WantedState { get; set; }

    public string? Interface { get; set; }

    public int Vrid { get; set; }

    public int GarpDelay { get; set; }

    /// <summary>Seconds since 1970.</summary>
    public double LastTransition { get; set; }

    /// <summary>Address and interface, as the first and third word of its line.</summary>
    public List<string> Addresses { get; } = [];

    public override string ToString()
        => $"{Name} {State} {WantedState} {Interface} {Vrid} {GarpDelay} [{string.Join(", ", Addresses)}]";
}
