using Slipway.LocalCloud.Hosting;

const int Usage = 2;
const int Occupied = 3;

var (options, problems) = LocalCloudOptions.Parse(args);
if (options is null)
{
    foreach (var problem in problems) await Console.Error.WriteLineAsync($"error: {problem}");
    await Console.Error.WriteLineAsync(LocalCloudOptions.Usage);
    return Usage;
}

Session.Detach();
try
{
    // Whoever started a cloud that outlives it does not read its output for ever.
    var ready = Console.Out;
    if (options.LogFile is { } log) Console.SetOut(LogFile.Open(log));
    await using var host = await CloudHost.StartAsync(options);
    await ready.WriteLineAsync($"ready {host.Ports.Endpoint}");
    await ready.FlushAsync();
    await host.WaitAsync();
    return 0;
}
catch (StartException refusal)
{
    await Console.Error.WriteLineAsync($"error: {refusal.Message}");
    return Occupied;
}
