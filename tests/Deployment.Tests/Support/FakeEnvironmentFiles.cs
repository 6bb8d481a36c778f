using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Tests.Support;

/// <summary>Environment files in memory.</summary>
internal sealed class FakeEnvironmentFiles : IEnvironmentFiles
{
    public const string Local = """
        {
          "region": "us-east-1",
          "accountId": "123456789012",
          "repository": "stream-ml-service",
          "cluster": "emotional-parrot",
          "service": "stream-ml-service-1",
          "desiredCount": 1,
          "timeout": "5m",
          "localCloud": { "port": 4570, "frontDoorPort": 8000 }
        }
        """;

    public const string Production = """
        {
          "region": "eu-central-1",
          "repository": "stream-ml-service",
          "cluster": "emotional-parrot",
          "service": "stream-ml-service-1"
        }
        """;

    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal) { ["local"] = Local, ["production"] = Production };

    public IReadOnlyList<string> Names => [.. Texts.Keys.Order(StringComparer.Ordinal)];

    public string PathOf(string name) => $"infra/environments/{name}.json";

    public string Read(string name) => Texts[name];
}
