using System.Text;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>A plan for people.</summary>
internal static class PlanText
{
    public static string NameOf(PlannedFate fate) => fate switch
    {
        PlannedFate.Changed => "changed in place",
        PlannedFate.Restarted => "restarted",
        PlannedFate.Added => "added",
        PlannedFate.Removed => "removed",
        _ => "kept",
    };

    /// <summary>What differs, what others notice, and the counts; whole lines.</summary>
    public static string Write(ReloadPlan plan)
    {
        StringBuilder text = new();
        foreach (PlannedItem item in plan.Items)
        {
            if (item.Fate != PlannedFate.Kept)
                Write(text, item);
        }
        if (plan.Consequences.Count > 0)
        {
            text.Append("\nWhat others notice:\n");
            foreach (PlanConsequence consequence in plan.Consequences)
                text.Append("  ").Append(consequence.Text).Append('\n');
        }
        if (text.Length > 0)
            text.Append('\n');
        return text.Append(plan.Summary).Append('\n').ToString();
    }

    private static void Write(StringBuilder text, PlannedItem item)
    {
        text.Append(TitleOf(item)).Append(": ").Append(NameOf(item.Fate));
        if (item.Reason is not null)
            text.Append(", ").Append(item.Reason);
        if (item.FormerName is not null)
            text.Append(", was called ").Append(item.FormerName);
        text.Append('\n');
        foreach (PlannedSetting setting in item.Settings)
        {
            text.Append("    ").Append((setting.Old, setting.New) switch
            {
                (null, _) => $"+ {Joined(setting.Word, setting.New!)}",
                (_, null) => $"- {Joined(setting.Word, setting.Old)}",
                _ when setting.Word == SettingComparison.SecretWord => $"another {setting.Word}",
                _ => $"{setting.Word} {setting.Old} -> {setting.New}",
            }).Append('\n');
        }
    }

    private static string TitleOf(PlannedItem item)
        => item.Keyword.Length == 0 ? "top level" : item.Name.Length == 0 ? item.Keyword : $"{item.Keyword} {item.Name}";

    private static string Joined(string word, string value) => value.Length == 0 ? word : $"{word} {value}";
}
