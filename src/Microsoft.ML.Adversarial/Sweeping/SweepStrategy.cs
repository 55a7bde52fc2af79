namespace Microsoft.ML.Adversarial;

/// <summary>How a sweep spends its trials.</summary>
public enum SweepStrategy
{
    /// <summary>Each trial is fitted to all training rows.</summary>
    RandomSearch,

    /// <summary>
    /// All trials are fitted to a part of the training rows, the best third of them to three times as many, and so on to all (Jamieson and Talwalkar 2016,
    /// arXiv:1502.07943): more trials for the same time, and those that take many rows to do well may be lost.
    /// </summary>
    SuccessiveHalving,
}
