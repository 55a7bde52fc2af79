using System.Text.Json.Serialization;

namespace Adversarial.Detectors;

/// <summary>How the members' verdicts on a row become one score.</summary>
public enum CommitteeCombination
{
    /// <summary>The mean of -log t, t being the share of normal rows that score as high: Fisher's. Many small doubts add up.</summary>
    Mean,

    /// <summary>The largest -log t: one member that is sure is enough.</summary>
    Maximum,

    /// <summary>The median of -log t: half of the members may err.</summary>
    Median,
}

/// <summary>Options of <see cref="CommitteeDetector"/>.</summary>
[NotSearched(nameof(InputScaling))]
public class CommitteeOptions : DetectorOptions
{
    private const int MostMembers = 32;

    /// <summary>Its members, 2 to 32. Null takes the default ones, which the page of the committee lists. A method may come more than once.</summary>
    public CommitteeMember[]? Members { get; set; }

    /// <summary>How the members' verdicts become one score.</summary>
    [SearchChoices]
    public CommitteeCombination Combination { get; set; }

    /// <summary>
    /// Share of the training rows, in (0, 0.5], that no member is trained on: by their scores the members are made comparable. At least 20 rows
    /// if that leaves half of them, at most 4,000.
    /// </summary>
    [SearchRange(0.1, 0.5)]
    public double ReferenceShare { get; set; } = 0.2;

    /// <summary>As many as the most demanding member needs.</summary>
    [JsonIgnore]
    public override int LeastAnomalies => MembersOrDefault.Max(member => member.CopyOptions().LeastAnomalies);

    internal override int PartCount => MembersOrDefault.Count;

    internal IReadOnlyList<CommitteeMember> MembersOrDefault => Members ?? CommitteeDetector.DefaultMembers;

    internal override void UseDefaultsOf(int version, int columns)
    {
        foreach (CommitteeMember member in Members ?? [])
            member?.Options?.UseDefaultsOf(version, columns);
    }

    /// <inheritdoc/>
    public override DetectorOptions Clone()
    {
        var copy = (CommitteeOptions)base.Clone();
        copy.Members = Members is null ? null : Array.ConvertAll(Members, member => member?.Clone()!);
        return copy;
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Enum.IsDefined(Combination), nameof(Combination), Combination, "a defined value");
        Require(ReferenceShare is > 0 and <= 0.5, nameof(ReferenceShare), ReferenceShare, "in (0, 0.5]");
        Require(Members is null or { Length: >= 2 and <= MostMembers }, nameof(Members), Members?.Length, $"null or 2 to {MostMembers} members");
        for (int i = 0; i < MembersOrDefault.Count; i++)
            Validate(i, MembersOrDefault[i]);
    }

    private static void Validate(int index, CommitteeMember? member)
    {
        try
        {
            if (member is null)
                throw new ArgumentException("There is none.");
            if (member.Descriptor.OptionsType == typeof(CommitteeOptions))
                throw new ArgumentException("A committee cannot be a member: name its members themselves.");
            member.CopyOptions().Validate();
        }
        catch (ArgumentException failure)
        {
            throw new ArgumentOutOfRangeException(nameof(Members), $"Option {nameof(Members)}, member {index + 1} ({member?.Method ?? "null"}): {failure.Message}");
        }
    }
}

[JsonSerializable(typeof(CommitteeOptions))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class CommitteeOptionsJson : JsonSerializerContext;
