using System.Text.Json;

namespace Slipway.Build.Cloud;

/// <summary>What the embedded cloud writes when it is ready, in <c>artifacts/local-cloud/local-cloud.json</c>.</summary>
internal sealed record LocalCloudState(int Pid, int Port, int FrontDoorPort, string Runtime, string Instance, DateTimeOffset StartedAt)
{
    /// <summary>The registry that ECR names; only in the health answer.</summary>
    public string? Registry { get; init; }

    /// <summary>Reads the file; null where it is missing or half of it is.</summary>
    public static LocalCloudState? Read(string file) => File.Exists(file) ? Parse(File.ReadAllText(file)) : null;

    /// <summary>Reads the file's or the health answer's text.</summary>
    public static LocalCloudState? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LocalCloudState>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
