using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about environment variables, those that hold secrets included.</summary>
internal static class EnvironmentChecks
{
    private const int MostFiles = 10;

    public static TaskDefinitionRule Name { get; } = RuleSource.Variables.Error("environment-name", "The name of a variable is not empty and holds no '='");

    public static TaskDefinitionRule Twice { get; } = RuleSource.Secrets.Error("environment-twice", "A container has each variable once, be it plain or a secret");

    public static TaskDefinitionRule File { get; } = RuleSource.Api("EnvironmentFile").Error("environment-file", "An environment file is an object in S3 whose name ends in .env");

    public static TaskDefinitionRule Files { get; } = RuleSource.Api("EnvironmentFile").Error("environment-files", "A container has at most ten environment files");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Name, Twice, File, Files];

    public static void Check(CheckRun run, JObject container)
    {
        var (variables, secrets) = (container["environment"] as JArray, container["secrets"] as JArray);
        var names = new HashSet<string>((variables?.Count ?? 0) + (secrets?.Count ?? 0), StringComparer.Ordinal);
        foreach (var variable in CheckRun.ObjectsOf(variables)) Named(run, variable, names);
        foreach (var secret in CheckRun.ObjectsOf(secrets)) Named(run, secret, names);

        if (container["environmentFiles"] is not JArray files) return;
        if (files.Count > MostFiles)
            run.Add(files, Files, "There are too many environment files.", FormattableString.Invariant($"at most {MostFiles}"), FormattableString.Invariant($"{files.Count}"));
        foreach (var file in CheckRun.ObjectsOf(files)) FromS3(run, file["value"]);
    }

    private static void Named(CheckRun run, JObject variable, HashSet<string> names)
    {
        if (CheckRun.TextOf(variable["name"]) is not { } name) return;
        if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal)) run.Add(variable["name"]!, Name, "This is no variable's name.", "a text without '='");
        else if (!names.Add(name)) run.Add(variable["name"]!, Twice, "The container has this variable already.", "each name once in 'environment' and 'secrets' together");
    }

    private static void FromS3(CheckRun run, JToken? value)
    {
        if (CheckRun.TextOf(value) is not { } text) return;
        var isObject = Arn.TryParse(text, out var arn) && arn.Service == "s3" && arn.Resource.IndexOf('/', StringComparison.Ordinal) > 0
            && arn.Resource.EndsWith(".env", StringComparison.Ordinal);
        if (!isObject) run.Add(value!, File, "This is no environment file.", "\"arn:aws:s3:::bucket/name.env\"");
        else ArnChecks.Partition(run, value!, arn!);
    }
}
