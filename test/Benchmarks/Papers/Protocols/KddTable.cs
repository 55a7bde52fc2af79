namespace Adversarial.Benchmarks;

/// <summary>Columns and classes of KDD Cup 1999 and NSL-KDD.</summary>
internal static class KddTable
{
    /// <summary>The three columns of words.</summary>
    public static readonly string[] Words = ["protocol_type", "service", "flag"];

    /// <summary>The columns that the sets' description calls symbolic: those of words and four of 0 and 1.</summary>
    public static readonly string[] Symbolic = [.. Words, "land", "logged_in", "is_host_login", "is_guest_login"];

    /// <summary>The 41 features.</summary>
    public static string[] Features(DataTable table) => [.. table.Names.Except(["attack", "difficulty", "label"])];

    /// <summary>Rows of normal connections.</summary>
    public static int[] Normal(DataTable table, IEnumerable<int> rows) => table.Where(rows, "label", "0");

    /// <summary>Rows of attacks.</summary>
    public static int[] Attacks(DataTable table, IEnumerable<int> rows) => table.Where(rows, "label", "1");

    /// <summary>All rows.</summary>
    public static IEnumerable<int> All(DataTable table) => Enumerable.Range(0, table.Rows);
}
