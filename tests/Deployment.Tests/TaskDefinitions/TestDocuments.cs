using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions;

/// <summary>Documents to test with: the shipped one, and changes of it.</summary>
internal static class TestDocuments
{
    public const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";
    public const string Image = $"127.0.0.1:4570/stream-ml-service@{Digest}";

    public static readonly CheckContext Context = new() { Region = "us-east-1", AccountId = "123456789012" };

    public static string Shipped { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Shipped", "ecs-task-def.json"));

    public static TaskDefinitionDocument Read(string json, string file = "task.json") =>
        TaskDefinitionDocument.ReadOrThrow(file, Encoding.UTF8.GetBytes(json));

    /// <summary>The shipped document after a change.</summary>
    public static TaskDefinitionDocument With(Action<JObject> change)
    {
        var root = JObject.Parse(Shipped);
        change(root);
        return Read(root.ToString());
    }

    public static string Golden(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TaskDefinitions", "Golden", name));
}
