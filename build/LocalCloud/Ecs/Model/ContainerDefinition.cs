using System.Globalization;
using System.Text.Json.Nodes;

namespace Slipway.LocalCloud.Ecs.Model;

/// <summary>A container's health check with ECS's defaults filled in.</summary>
internal sealed record ContainerHealthCheck(IReadOnlyList<string> Command, TimeSpan Interval, TimeSpan Timeout, int Retries, TimeSpan StartPeriod);

/// <summary>Where a container's output goes.</summary>
internal sealed record AwsLogs(string Group, string? StreamPrefix, bool CreateGroup);

/// <summary>What an agent needs of an entry of "containerDefinitions".</summary>
internal sealed record ContainerDefinition
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    public bool Essential { get; init; } = true;

    public IReadOnlyList<string>? EntryPoint { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public string? WorkingDirectory { get; init; }

    public string? User { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The first "valueFrom" or environment file, which only AWS could resolve; null where there is none.</summary>
    public string? OutsideSource { get; init; }

    public IReadOnlyList<int> Ports { get; init; } = [];

    public ContainerHealthCheck? HealthCheck { get; init; }

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public AwsLogs? Logs { get; init; }

    public int Cpu { get; init; }

    public int? Memory { get; init; }

    public int? MemoryReservation { get; init; }

    /// <summary>Reads all containers of a task definition, with the overrides of a task laid over them.</summary>
    public static IReadOnlyList<ContainerDefinition> All(JsonObject document, JsonObject? overrides = null)
    {
        var laidOver = (overrides?["containerOverrides"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return
        [
            .. (document["containerDefinitions"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(container => Read(container, laidOver.Find(one => (string?)one["name"] == (string?)container["name"]))),
        ];
    }

    private static ContainerDefinition Read(JsonObject container, JsonObject? over) => new()
    {
        Name = (string?)container["name"] ?? "",
        Image = (string?)container["image"] ?? "",
        Essential = (bool?)container["essential"] ?? true,
        EntryPoint = Texts(container["entryPoint"]),
        Command = Texts(over?["command"]) ?? Texts(container["command"]),
        WorkingDirectory = (string?)container["workingDirectory"],
        User = (string?)container["user"],
        Environment = Pairs(container["environment"], over?["environment"]),
        OutsideSource = Outside(container["secrets"], "valueFrom") ?? Outside(container["environmentFiles"], "value"),
        Ports = [.. Objects(container["portMappings"]).Select(mapping => (int?)mapping["containerPort"] ?? 0).Where(port => port > 0)],
        HealthCheck = Check(container["healthCheck"] as JsonObject),
        StopTimeout = TimeSpan.FromSeconds((int?)container["stopTimeout"] ?? 30),
        Logs = LogsOf(container["logConfiguration"] as JsonObject),
        Cpu = (int?)over?["cpu"] ?? (int?)container["cpu"] ?? 0,
        Memory = (int?)over?["memory"] ?? (int?)container["memory"],
        MemoryReservation = (int?)container["memoryReservation"],
    };

    private static ContainerHealthCheck? Check(JsonObject? check) =>
        Texts(check?["command"]) is not { Count: > 1 } command || command[0] == "NONE" ? null : new ContainerHealthCheck(
            command,
            TimeSpan.FromSeconds((int?)check!["interval"] ?? 30),
            TimeSpan.FromSeconds((int?)check["timeout"] ?? 5),
            (int?)check["retries"] ?? 3,
            TimeSpan.FromSeconds((int?)check["startPeriod"] ?? 0));

    private static AwsLogs? LogsOf(JsonObject? configuration)
    {
        if ((string?)configuration?["logDriver"] != "awslogs" || configuration["options"] is not JsonObject options) return null;
        return (string?)options["awslogs-group"] is { Length: > 0 } group
            ? new AwsLogs(group, (string?)options["awslogs-stream-prefix"],
                string.Equals((string?)options["awslogs-create-group"], "true", StringComparison.OrdinalIgnoreCase))
            : null;
    }

    private static Dictionary<string, string> Pairs(params JsonNode?[] lists)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in lists.SelectMany(Objects))
            if ((string?)pair["name"] is { Length: > 0 } name) pairs[name] = (string?)pair["value"] ?? "";
        return pairs;
    }

    private static string? Outside(JsonNode? list, string member) => Objects(list).Select(item => (string?)item[member]).FirstOrDefault();

    private static IEnumerable<JsonObject> Objects(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();

    private static List<string>? Texts(JsonNode? list) =>
        list is JsonArray { Count: > 0 } array
            ? [.. array.Select(item => item is null ? "" : Convert.ToString(item.AsValue().GetValue<string>(), CultureInfo.InvariantCulture))]
            : null;
}
