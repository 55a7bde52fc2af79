namespace Adversarial.Benchmarks;

/// <summary>All pages, in the order in which they are measured.</summary>
internal static class PaperPages
{
    public static readonly IReadOnlyList<PaperPage> All = [NslKddPage.Page, AnoEanPage.Page, ArnPage.Page, Da3dPage.Page, AladPage.Page, MnistPage.Page, DeepSvddPage.Page];
}
