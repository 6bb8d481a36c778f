using StreamMlService.Hosting;

const string Health = "--health";

return args.Contains(Health)
    ? await HealthProbe.RunAsync([.. args.Where(argument => argument != Health)], Environment.GetEnvironmentVariable, Console.Error, CancellationToken.None)
    : await ServiceHost.RunAsync(args, Environment.GetEnvironmentVariable, Console.Error);
