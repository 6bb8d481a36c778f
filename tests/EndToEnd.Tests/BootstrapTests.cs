using System.Diagnostics;
using Slipway.EndToEnd.Tests.Support;

namespace Slipway.EndToEnd.Tests;

/// <summary>What Bootstrap prints is run as it is, and then nothing is missing.</summary>
internal sealed class BootstrapTests
{
    private const string Bootstrap = "--target=Bootstrap";
    private const string Local = "--environment=local";

    [Test]
    public async Task Its_commands_make_what_is_missing()
    {
        await using var checkout = Checkout.Create();
        Assert.That((await checkout.RunAsync("--target=LocalUp", Local)).ExitCode, Is.Zero);
        var first = await checkout.RunAsync(Bootstrap, Local);
        Assert.That((first.ExitCode, first.Output.Contains("MISSING", StringComparison.Ordinal)), Is.EqualTo((0, false)));

        await AwsCli.RunAsync(checkout.Port, "ecr", "delete-repository", "--repository-name", "stream-ml-service", "--force");
        await AwsCli.RunAsync(checkout.Port, "ecs", "delete-service", "--cluster", "emotional-parrot", "--service", "stream-ml-service-1", "--force");
        var told = await checkout.RunAsync(Bootstrap, Local);

        Assert.That(told.ExitCode, Is.Zero);
        Assert.That(told.Output, Does.Contain("MISSING repository 'stream-ml-service'").And.Contain("MISSING service 'stream-ml-service-1'"));
        var commands = told.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("aws ", StringComparison.Ordinal)).ToList();
        Assert.That(commands, Has.Count.EqualTo(2));
        foreach (var command in commands) await RunAsync(checkout, command);
        Assert.That((await checkout.RunAsync(Bootstrap, Local)).Output, Does.Contain("Nothing is missing").And.Not.Contain("MISSING"));
    }

    private static async Task RunAsync(Checkout checkout, string command)
    {
        var start = new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = checkout.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = LocalKeys.Id;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = LocalKeys.Secret;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{command}: {await errors}");
    }
}
