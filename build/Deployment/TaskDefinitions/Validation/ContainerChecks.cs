using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Rendering;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The checks of one container definition.</summary>
internal static partial class ContainerChecks
{
    public static IEnumerable<Finding> Check(TaskDefinitionDocument document, JObject container, bool getsImage, CheckContext context) =>
        Name(document, container)
            .Concat(Image(document, container, getsImage))
            .Concat(Ports(document, container, getsImage))
            .Concat(Logs(document, container, context));

    private static IEnumerable<Finding> Name(TaskDefinitionDocument document, JObject container)
    {
        var name = container["name"];
        if (ContainerChoice.NameOf(container) is not { } text || !TaskDefinitionChecks.NamePattern().IsMatch(text))
        {
            yield return document.At(name ?? container, FindingSeverity.Error,
                "A container needs a name: a string of 1 to 255 letters, digits, '-' and '_'.");
        }
    }

    // The image of the deployed container is written by rendering, whatever stands there now.
    private static IEnumerable<Finding> Image(TaskDefinitionDocument document, JObject container, bool getsImage)
    {
        var image = container["image"];
        if (image is null && getsImage) yield break;
        if (TaskDefinitionChecks.TextOf(image) is not { } text || !ImagePattern().IsMatch(text))
        {
            yield return document.At(image ?? container, FindingSeverity.Error,
                "An image URI was expected: \"host/name:tag\" or \"host/name@sha256:…\", lower case, without \"https://\".");
        }
    }

    private static IEnumerable<Finding> Ports(TaskDefinitionDocument document, JObject container, bool getsImage)
    {
        if (container["portMappings"] is not JArray { Count: > 0 } mappings)
        {
            if (getsImage)
            {
                yield return document.At(container["portMappings"] ?? container, FindingSeverity.Warning,
                    "The container has no port mapping, so no load balancer and no client can reach it.");
            }

            yield break;
        }

        var isAwsVpc = TaskDefinitionChecks.TextOf(document.Root["networkMode"]) == "awsvpc";
        foreach (var mapping in mappings)
        {
            // A range has containerPortRange instead.
            if (mapping is JObject { } ranged && ranged["containerPortRange"] is not null) continue;
            var port = mapping is JObject single ? PortOf(single["containerPort"]) : null;
            if (port is null or 0)
            {
                yield return document.At((mapping as JObject)?["containerPort"] ?? mapping, FindingSeverity.Error,
                    "A port mapping needs a containerPort: a number from 1 to 65535.");
            }
            else if (isAwsVpc && mapping["hostPort"] is { } host && PortOf(host) != port)
            {
                yield return document.At(host, FindingSeverity.Error,
                    FormattableString.Invariant($"With awsvpc the hostPort is the containerPort, {port}, or is left out."));
            }
        }
    }

    private static int? PortOf(JToken? token) =>
        token is JRaw number && int.TryParse((string?)number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : null;

    private static IEnumerable<Finding> Logs(TaskDefinitionDocument document, JObject container, CheckContext context)
    {
        if (container["logConfiguration"] is not JObject configuration)
        {
            yield return document.At(container["logConfiguration"] ?? container, FindingSeverity.Warning,
                "The container has no logConfiguration: nobody will see why it failed.");
            yield break;
        }

        if (TaskDefinitionChecks.TextOf(configuration["logDriver"]) != "awslogs") yield break;
        var options = configuration["options"] as JObject;
        var needed = TaskDefinitionChecks.IsFargate(document)
            ? new[] { "awslogs-group", "awslogs-region", "awslogs-stream-prefix" }
            : ["awslogs-group", "awslogs-region"];
        foreach (var name in needed.Where(name => string.IsNullOrWhiteSpace(TaskDefinitionChecks.TextOf(options?[name]))))
            yield return document.At(options?[name] ?? options ?? configuration, FindingSeverity.Error, $"The awslogs option '{name}' is missing.");

        if (TaskDefinitionChecks.TextOf(options?["awslogs-region"]) is { Length: > 0 } region && region != context.Region)
        {
            yield return document.At(options!["awslogs-region"]!, FindingSeverity.Error,
                $"The logs go to region '{region}', the deployment to region '{context.Region}'.", TaskDefinitionDocument.SettingsSource);
        }
    }

    // Source: the OCI distribution reference grammar.
    private const string Host = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?/)?";
    private const string Part = @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";
    private const string Tag = "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?";
    private const string Digest = "(?:@sha256:[0-9a-f]{64})?";

    [GeneratedRegex($"^{Host}{Part}(?:/{Part})*{Tag}{Digest}$", RegexOptions.NonBacktracking)]
    private static partial Regex ImagePattern();
}
