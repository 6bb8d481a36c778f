using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Slipway.Deployment;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Settings;

namespace Slipway.Build.Cloud;

/// <summary>Hands the embedded cloud the failures that a settings file wants it to play, in place of those that are switched on.</summary>
internal static class LocalCloudFaults
{
    /// <summary>Does nothing where the settings name no file; an invalid one is a <see cref="SlipwayException"/>.</summary>
    public static async Task SwitchOnAsync(
        HttpClient http, LocalCloudSettings settings, RepositoryRoot root, IReport report, CancellationToken cancellationToken)
    {
        if (settings.Faults is not { } file) return;
        var path = root.Combine(file);
        if (!File.Exists(path)) throw Invalid($"The faults of the local cloud were not found: there is no file '{file}'.");

        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PutAsync(new Uri($"{settings.Endpoint}/_local/faults"), content, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode != HttpStatusCode.OK) throw Invalid($"The faults in '{file}' were refused by the local cloud: {text}");
        using var faults = JsonDocument.Parse(text);
        report.Warning($"The local cloud plays {faults.RootElement.GetArrayLength()} failures on purpose, those in '{file}'.");
    }

    private static SlipwayException Invalid(string message) =>
        new(ExitCode.InvalidInput, message, "build/LocalCloud/README.md shows how a fault is written: [{ \"operations\": [\"ecs:*\"], \"kind\": \"throttle\" }]");
}
