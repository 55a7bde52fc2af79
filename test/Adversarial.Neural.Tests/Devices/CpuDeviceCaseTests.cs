namespace Adversarial.Neural.Tests;

/// <summary>Each operation of the processor's device agrees with the reference.</summary>
public class CpuDeviceCaseTests
{
    public static TheoryData<string> Cases => [.. DeviceCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_reference(string name) => Assert.Null(DeviceCases.Fault(name, new CpuDevice()));

    [Fact]
    public void No_operation_is_left_out() => Assert.Empty(DeviceCases.Missing);
}
