using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Build.Cloud;
using Slipway.Build.Docker;
using Slipway.Build.Hosting;
using Slipway.Build.Output;
using Slipway.Build.Testing;
using Slipway.Deployment;
using Slipway.Deployment.Reporting;

namespace Slipway.Build;

/// <summary>The build program: reads the command line, hands the targets to Frosting and makes an exit code of how it ended.</summary>
public static class Program
{
    /// <summary>Runs the targets; returns an <see cref="ExitCode"/>.</summary>
    public static int Main(string[] args)
    {
        var report = ConsoleReport.ForStandardOutput();
        using var cancellation = Cancellation.ListenToSignals();
        return (int)Run(args, report, cancellation);
    }

    internal static ExitCode Run(IReadOnlyList<string> args, ConsoleReport report, Cancellation cancellation)
    {
        var outcome = new Outcome();
        try
        {
            var root = RepositoryRoot.Find(AppContext.BaseDirectory);
            GitHubJob.Join(report, new CakeEnvironment(new CakePlatform(), new CakeRuntime()), new Cake.Core.IO.FileSystem(), root);
            var targets = TargetCatalogue.Find(typeof(Program).Assembly);
            var commandLine = CommandLine.Parse(args, [.. targets.Select(target => target.Name)]);
            if (commandLine.Version)
            {
                report.Success($"Slipway {FileVersionInfo.GetVersionInfo(typeof(Program).Assembly.Location).ProductVersion}");
                return ExitCode.Done;
            }

            if (commandLine.Help)
            {
                Usage.Print(report, targets);
                return ExitCode.Done;
            }

            var log = new EngineLog(report, commandLine.ShowsOnly);
            var returned = new CakeHost()
                .UseContext<BuildContext>()
                .UseLifetime<BuildLifetime>()
                .UseTaskLifetime<TargetLifetime>()
                .UseWorkingDirectory(root.FullPath)
                .ConfigureServices(services => AddServices(services, root, commandLine, report, cancellation, outcome, log))
                .Run(commandLine.EngineArguments);
            if (outcome.Error is null && returned != 0) outcome.Error = Refused(log);
        }
        catch (Exception exception)
        {
            outcome.Error = exception;
        }

        return Ending.Tell(outcome, report, cancellation.Token.IsCancellationRequested);
    }

    private static void AddServices(
        IServiceCollection services,
        RepositoryRoot root,
        CommandLine commandLine,
        ConsoleReport report,
        Cancellation cancellation,
        Outcome outcome,
        EngineLog log)
    {
        services.AddSingleton(root);
        services.AddSingleton(commandLine);
        services.AddSingleton(report);
        services.AddSingleton<IReport>(report);
        services.AddSingleton<ISecretMask>(report.Job is { } job ? job : new NoSecretMask());
        services.AddSingleton(cancellation);
        services.AddSingleton(outcome);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ICakeLog>(log);
        services.AddSingleton<ICakeReportPrinter, ReportPrinter>();
        services.AddSingleton<Cake.Core.IO.IProcessRunner, CancellableProcessRunner>();
        services.AddSingleton<Deployment.Processes.IProcessRunner>(
            new Deployment.Processes.ProcessRunner(root.FullPath));
        services.AddSingleton<LocalCloudProcess>();
        services.AddSingleton<TestRunner>();
        services.AddSingleton<TestSuite>();
        services.AddSingleton<SourceCheck>();
        services.AddSingleton<Pipeline>();
    }

    // The engine refuses what the command line check cannot know: a broken graph.
    private static SlipwayException Refused(EngineLog log) =>
        new(ExitCode.InvalidInput, log.Errors.Count == 0 ? "The build engine refused to run." : string.Join(Environment.NewLine, log.Errors));
}
