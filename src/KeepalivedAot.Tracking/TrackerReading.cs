namespace KeepalivedAot.Tracking;

/// <summary>What is known of a tracked thing.</summary>
public readonly record struct TrackerReading
{
    private TrackerReading(TrackerCondition condition, int value)
    {
        Condition = condition;
        Value = value;
    }

    /// <summary>Nothing yet: a script that has not had its first result. Who has it with weight 0 is held until then.</summary>
    public static readonly TrackerReading Unknown;

    /// <summary>The script failed, the link or session is down, the processes are too few.</summary>
    public static readonly TrackerReading Bad = new(TrackerCondition.Bad, 0);

    public static readonly TrackerReading Good = new(TrackerCondition.Good, 0);

    /// <summary>It is not looked at: whoever tracks it goes on as if it did not.</summary>
    public static readonly TrackerReading Absent = new(TrackerCondition.Absent, 0);

    public TrackerCondition Condition { get; }

    /// <summary>The number in a file.</summary>
    public int Value { get; }

    public static TrackerReading Of(bool isGood) => isGood ? Good : Bad;

    /// <summary>A file's number; it is multiplied by the weight, and neither good nor bad by itself.</summary>
    public static TrackerReading OfNumber(int value) => new(TrackerCondition.Number, value);
}
