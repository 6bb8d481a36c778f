using System.Text.Json.Nodes;
using Slipway.LocalCloud.Protocol;

namespace Slipway.LocalCloud.Tests.Support;

/// <summary>AWS's own clients, told the endpoint and the keys and nothing else.</summary>
internal sealed class AwsClients(LocalCloudHost cloud)
{
    private Dictionary<string, string> Environment => new()
    {
        ["AWS_ACCESS_KEY_ID"] = Account.AccessKeyId,
        ["AWS_SECRET_ACCESS_KEY"] = Account.SecretAccessKey,
        ["AWS_DEFAULT_REGION"] = Account.Region,
        ["AWS_ENDPOINT_URL"] = cloud.Ports.Endpoint,
        ["AWS_CONFIG_FILE"] = Path.Combine(cloud.StateFolder, "no-aws-config"),
        ["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(cloud.StateFolder, "no-aws-credentials"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "3",
        ["AWS_PAGER"] = "",
        ["NO_PROXY"] = "127.0.0.1",
        ["HTTP_PROXY"] = "",
        ["http_proxy"] = "",
    };

    /// <summary>Runs "aws …" and reads its JSON; the CLI's absence skips the test.</summary>
    public async Task<JsonNode?> CliAsync(params string[] arguments)
    {
        var result = await RunCliAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, $"aws {string.Join(' ', arguments)}\n{result.Error}{result.Output}");
        return string.IsNullOrWhiteSpace(result.Output) ? null : JsonNode.Parse(result.Output);
    }

    public Task<ToolResult> RunCliAsync(params string[] arguments) => Tool.RunAsync(Tool.Find("aws"), [.. arguments, "--output", "json"], Environment);

    /// <summary>Runs a Python program that has boto3; what it prints last must be JSON.</summary>
    public async Task<JsonNode> BotoAsync(string program)
    {
        var python = Tool.Find("python3");
        var present = await Tool.RunAsync(python, ["-c", "import boto3"]);
        if (present.ExitCode != 0) Assert.Ignore("boto3 is not on this machine");
        var result = await Tool.RunAsync(python, ["-"], Environment, $"import boto3, json, botocore\n{program}");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return JsonNode.Parse(result.Output.Trim().Split('\n')[^1])!;
    }
}
