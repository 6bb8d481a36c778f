using StreamMlService.Hosting;

return args is ["--health"]
    ? await HealthProbe.RunAsync(Environment.GetEnvironmentVariable, Console.Error, CancellationToken.None)
    : await ServiceHost.RunAsync(args, Environment.GetEnvironmentVariable, Console.Error);
