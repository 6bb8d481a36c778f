using StreamMlService.Hosting;

namespace StreamMlService.Tests.Hosting;

internal sealed class ServiceSettingsTests
{
    [Test]
    public void Nothing_set_gives_the_defaults() => Assert.That(ServiceSettings.Read(_ => null), Is.EqualTo(ServiceSettings.Default));

    [Test]
    public void Every_setting_is_read()
    {
        var settings = ServiceSettings.Read(name => name switch
        {
            "SCORE_THRESHOLD" => "2.5",
            "SCORE_MEMORY" => "500",
            "SCORE_MAX_SERIES" => "3",
            "STREAM_IDLE_SECONDS" => "7",
            "STREAM_GRACE_SECONDS" => "0",
            _ => null,
        });
        Assert.That((settings.Threshold, settings.Memory, settings.Limits.Series), Is.EqualTo((2.5, 500, 3)));
        Assert.That((settings.Idle, settings.Grace), Is.EqualTo((TimeSpan.FromSeconds(7), TimeSpan.Zero)));
    }

    [Test]
    public void All_problems_come_at_once()
    {
        var refusal = Assert.Throws<SettingsException>(() => ServiceSettings.Read(name => name == "SCORE_THRESHOLD" ? "NaN" : "many"))!;
        Assert.That(refusal.Message.Split(Environment.NewLine), Has.Length.EqualTo(5));
        Assert.That(refusal.Message, Does.Contain("SCORE_MAX_SERIES holds \"many\""));
    }

    [Test]
    public void Streams_end_with_time_to_spare_before_the_host_gives_up_and_that_before_ECS_does()
    {
        Assert.That(ServiceSettings.Default.Grace + TimeSpan.FromSeconds(5), Is.LessThan(ServiceSettings.ShutdownTimeout));
        Assert.That(ServiceSettings.ShutdownTimeout, Is.LessThan(TimeSpan.FromSeconds(30)));
    }
}
