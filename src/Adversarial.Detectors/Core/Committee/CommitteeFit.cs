using System.Globalization;

namespace Adversarial.Detectors;

/// <summary>A fitted member.</summary>
/// <param name="Name">Its name in messages: the method's, with a number where there are several.</param>
/// <param name="Detector">The detector.</param>
/// <param name="Curve">What its scores mean.</param>
internal sealed record FittedMember(string Name, Detector Detector, TailCurve Curve);

/// <summary>Fits the members of a committee, some at a time; one that fails is left out.</summary>
internal sealed class CommitteeFit(CommitteeOptions options, FeatureMatrix training, FeatureMatrix reference, FeatureMatrix? anomalies)
{
    // Of its rows a member keeps a copy or less; what else it takes is about as much again, and some more.
    private const long CopiesOfAMember = 2;
    private const long LeastOfAMember = 256L << 20;

    private readonly IReadOnlyList<CommitteeMember> _members = options.MembersOrDefault;

    /// <summary>Fits all of them.</summary>
    /// <param name="seed">Each member's is derived from it.</param>
    /// <param name="threads">Threads of all members together.</param>
    /// <param name="parts">Members that <see cref="RunPart"/> fitted, all of them; null: none.</param>
    /// <exception cref="InvalidOperationException">Fewer than two are left.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FittedMember[] Run(int seed, int threads, IReadOnlyList<byte[]>? parts = null)
    {
        string[] names = Names(_members);
        var progress = new CommitteeProgress(options.Progress, _members.Count);
        var fitted = new FittedMember?[_members.Count];
        var failures = new Exception?[_members.Count];
        int atATime = AtATime(threads);
        Parallel.For(0, _members.Count, new ParallelOptions { MaxDegreeOfParallelism = atATime }, index =>
        {
            try
            {
                int ownThreads = Math.Max(1, threads / atATime);
                fitted[index] = parts is null
                    ? Fit(index, names[index], SeedOf(seed, index), ownThreads, progress.Of(index, names[index]))
                    : MemberPart.Read(parts[index], names[index], ownThreads);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failures[index] = failure;
            }

            progress.Complete(index);
        });
        if (Array.Find(failures, failure => failure is OperationCanceledException) is { } cancelled)
            throw new OperationCanceledException(cancelled.Message, cancelled, options.CancellationToken);
        progress.Complete();

        string[] reasons = [.. Enumerable.Range(0, names.Length).Where(index => failures[index] is not null).Select(index => $"{names[index]}: {failures[index]!.Message}")];
        FittedMember[] left = [.. fitted.OfType<FittedMember>()];
        if (left.Length < 2)
        {
            throw new InvalidOperationException(
                $"Of a committee's {names.Length} members at least 2 are to be left, and {left.Length} could be trained. {string.Join(" ", reasons)}",
                Array.Find(failures, failure => failure is not null));
        }

        foreach (string reason in reasons)
            new ProgressReporter(options.Progress).Report(TrainingProgress.Done(0, $"The committee goes on without a member that could not be trained. {reason}"));
        return left;
    }

    /// <summary>Fits one member; what it gives stands for the member, or tells why it failed.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public byte[] RunPart(int index, int seed, int threads)
    {
        try
        {
            return MemberPart.Write(Fit(index, Names(_members)[index], SeedOf(seed, index), threads, options.Progress));
        }
        catch (Exception failure) when (failure is not (OutOfMemoryException or OperationCanceledException))
        {
            return MemberPart.Write(failure);
        }
    }

    private FittedMember Fit(int index, string name, int seed, int threads, IProgress<TrainingProgress>? progress)
    {
        options.CancellationToken.ThrowIfCancellationRequested();
        DetectorOptions own = _members[index].CopyOptions();
        own.Seed ??= seed;
        own.NumberOfThreads = threads;
        // What the committee does itself, once for all.
        own.OutOfRangeWeight = 0;
        own.CalibrationShare = 0;
        own.FalseAlarmRate = null;
        own.CancellationToken = options.CancellationToken;
        own.Progress = progress;
        Detector detector = _members[index].Descriptor.Create(own, training.Columns);
        detector.StandsAlone = false;
        detector.Fit(training, own.LeastAnomalies > 0 ? anomalies : null);
        own = detector.Options;
        (own.Progress, own.CancellationToken) = (null, default);
        float[] scores = detector.Score(reference, threads);
        return Array.TrueForAll(scores, float.IsFinite)
            ? new FittedMember(name, detector, TailCurve.Of(scores))
            : throw new TrainingDivergedException("Scores of held-out rows are not finite.");
    }

    // As many as there are threads, if there is memory for them.
    private int AtATime(int threads)
    {
        long bytes = LeastOfAMember + CopiesOfAMember * sizeof(float) * training.Rows * training.Columns;
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        long free = memory.TotalAvailableMemoryBytes - memory.HeapSizeBytes;
        return (int)Math.Clamp(Math.Min(free / 2 / bytes, threads), 1, _members.Count);
    }

    /// <summary>The members' names, told apart by numbers.</summary>
    private static string[] Names(IReadOnlyList<CommitteeMember> members)
    {
        var names = new string[members.Count];
        for (int i = 0; i < names.Length; i++)
        {
            string method = members[i].Descriptor.Name;
            int before = members.Take(i).Count(member => member.Descriptor.Name == method);
            names[i] = before == 0 ? method : string.Create(CultureInfo.InvariantCulture, $"{method} ({before + 1})");
        }

        return names;
    }

    // Neighbouring seeds of committees must not share members.
    private static int SeedOf(int seed, int index)
    {
        ulong mixed = ((ulong)(uint)seed << 32 | (uint)(index + 1)) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(mixed >> 33);
    }
}
