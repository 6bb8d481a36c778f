namespace StreamMlService.Telemetry;

/// <summary>When this process started: Prometheus tells restarts by it.</summary>
internal sealed record ProcessStart(DateTimeOffset At)
{
    public double UnixSeconds => At.ToUnixTimeMilliseconds() / 1000.0;
}
