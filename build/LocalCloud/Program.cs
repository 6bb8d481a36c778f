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
    var ready = Console.Out; // A log file takes the console's place when the cloud starts.
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
