using System.Diagnostics;
using System.Text.Json;

namespace Slipway.EndToEnd.Tests.Support;

/// <summary>The AWS CLI as an independent witness of what the embedded cloud says.</summary>
internal static class AwsCli
{
    /// <summary>Runs a command against a port; skips the test where there is no AWS CLI.</summary>
    public static async Task<JsonElement> RunAsync(int port, params string[] arguments)
    {
        var start = new ProcessStartInfo("aws") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var argument in new[] { "--endpoint-url", $"http://127.0.0.1:{port}", "--output", "json", "--region", LocalKeys.Region }) start.ArgumentList.Add(argument);
        start.Environment["AWS_ACCESS_KEY_ID"] = LocalKeys.Id;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = LocalKeys.Secret;
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("The AWS CLI is not on this machine.");
            throw;
        }

        using (process)
        {
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.That(process.ExitCode, Is.Zero, $"aws {string.Join(' ', arguments)}: {await errors}");
            return JsonDocument.Parse(output).RootElement;
        }
    }
}
