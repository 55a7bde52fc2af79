using Microsoft.ML.Data;

namespace MLNet.Embedded.Tests.Evaluation;

public class ConfusionMatrixTests
{
    private readonly ConfusionMatrix _matrix = new(221, 17, 16, 246);

    [Fact]
    public void The_table_reads_as_in_MLNETs_documentation() => Assert.Equal(
        """
        TEST POSITIVE RATIO:	0.4760 (238.0/(238.0+262.0))
        Confusion table
                  ||======================
        PREDICTED || positive | negative | Recall
        TRUTH     ||======================
         positive ||      221 |       17 | 0.9286
         negative ||       16 |      246 | 0.9389
                  ||======================
        Precision ||   0.9325 |   0.9354 |

        """, _matrix.GetFormattedConfusionTable(), ignoreLineEndingDifferences: true);

    [Fact]
    public void Counts_are_found_by_class_index()
    {
        Assert.Equal(17, _matrix.GetCountForClassPair(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _matrix.GetCountForClassPair(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => _matrix.GetCountForClassPair(-1, 0));
    }
}
