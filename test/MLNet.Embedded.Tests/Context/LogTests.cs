using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embedded.Tests.Context;

public sealed class LogTests
{
    [Fact]
    public void ChannelsReportTheirLifeAndTheirMessages()
    {
        var context = new MLContext();
        var events = new List<LoggingEventArgs>();
        context.Log += (_, e) => events.Add(e);
        IHost host = ((IHostEnvironment)context).Register("outer").Register("inner");
        using (IChannel channel = host.Start("Training"))
        {
            channel.Info(MessageSensitivity.None, "epoch {0} of {1}", 1, 2);
            channel.Warning(MessageSensitivity.None, "{as it is}");
            channel.Error(MessageSensitivity.None, "bad");
        }

        Assert.All(events, e => Assert.Equal("outer; inner; Training", e.Source));
        Assert.Equal("Channel started", events[0].RawMessage);
        Assert.Equal(ChannelMessageKind.Trace, events[0].Kind);
        Assert.Equal("[Source=outer; inner; Training, Kind=Info] epoch 1 of 2", events[1].Message);
        Assert.Equal((ChannelMessageKind.Warning, "{as it is}"), (events[2].Kind, events[2].RawMessage));
        Assert.Equal(ChannelMessageKind.Error, events[3].Kind);
        Assert.StartsWith("Channel finished. Elapsed ", events[4].RawMessage);
        Assert.Equal("Channel disposed", events[5].RawMessage);
        Assert.Equal(6, events.Count);
    }

    [Fact]
    public void CatalogsAreNoPartOfThePath()
    {
        var context = new MLContext();
        var sources = new List<string>();
        context.Log += (_, e) => sources.Add(e.Source);
        IHostEnvironment env = Microsoft.ML.Data.CatalogUtils.GetEnvironment(context.AnomalyDetection.Trainers);
        env.Register("pcaAnomaly").Start("Training").Dispose();
        Assert.Equal(["pcaAnomaly; Training"], sources.Distinct());
    }

    [Fact]
    public void ProgressNeverReachesTheLog()
    {
        var context = new MLContext();
        int events = 0;
        context.Log += (_, _) => events++;
        using (IProgressChannel progress = ((IHostEnvironment)context).StartProgressChannel("p"))
        {
            progress.SetHeader(new ProgressHeader("epochs"), entry => entry.SetProgress(0, 1));
            progress.Checkpoint(1);
        }

        Assert.Equal(0, events);
    }
}
