using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Cake.Frosting.Tests;

/// <summary>The real host on the real engine, with recorders where it would speak to the machine.</summary>
internal sealed class TestHost
{
    public TestHost() => Host.ConfigureServices(services => services
        .AddSingleton(Steps)
        .AddSingleton<ICakeLog>(Log)
        .AddSingleton<IConsole>(Console)
        .AddSingleton<IAnsiConsole>(Screen)
        .AddSingleton<ICakeReportPrinter>(Report)
        .AddSingleton<ICakeEnvironment>(Environment));

    public CakeHost Host { get; } = new();

    public Steps Steps { get; } = [];

    public RecordingLog Log { get; } = new();

    public RecordingConsole Console { get; } = new();

    public TestConsole Screen { get; } = new TestConsole().Width(200);

    public RecordingReportPrinter Report { get; } = new();

    public OwnDirectoryEnvironment Environment { get; } = new();

    public TestHost Task<TTask>()
        where TTask : class, IFrostingTask
    {
        Host.ConfigureServices(services => services.AddSingleton<IFrostingTask, TTask>());
        return this;
    }

    public TestHost With(Func<CakeHost, CakeHost> configure)
    {
        configure(Host);
        return this;
    }

    public int Run(params string[] args) => Host.Run(args);
}
