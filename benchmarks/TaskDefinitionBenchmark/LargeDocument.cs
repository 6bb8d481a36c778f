using System.Globalization;
using System.Text;

namespace Slipway.TaskDefinitionBenchmark;

/// <summary>A valid task definition of 64 KiB, the most that ECS takes: ten containers with many variables, secrets, ports and labels.</summary>
internal static class LargeDocument
{
    public const int Bytes = 64 * 1024;
    private const int Containers = 10;
    private const string Digest = "sha256:2222222222222222222222222222222222222222222222222222222222222222";

    /// <param name="image">The first container's image.</param>
    public static byte[] Create(string image)
    {
        var entries = 1;
        while (Write(image, entries + 1).Length <= Bytes - 1024) entries++;
        var text = Write(image, entries);

        // The rest is a value of its own, so that the size is met to the byte.
        return Encoding.UTF8.GetBytes(text.Replace("\"filling\"", $"\"{new string('x', Bytes - text.Length + "filling".Length)}\"", StringComparison.Ordinal));
    }

    private static string Write(string image, int entries)
    {
        var text = new StringBuilder();
        text.Append("""
            {
              "family": "stream-ml-service",
              "networkMode": "awsvpc",
              "requiresCompatibilities": ["FARGATE"],
              "cpu": "4096",
              "memory": "8192",
              "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
              "containerDefinitions": [

            """);
        for (var index = 0; index < Containers; index++) WriteContainer(text, index, image, entries);
        return text.Append("  ]\n}\n").ToString();
    }

    private static void WriteContainer(StringBuilder text, int index, string image, int entries)
    {
        var culture = CultureInfo.InvariantCulture;
        var name = index == 0 ? "stream-ml-service" : string.Create(culture, $"sidecar-{index}");
        text.Append(culture, $$"""
                {
                  "name": "{{name}}",
                  "image": "{{(index == 0 ? image : $"123456789012.dkr.ecr.us-east-1.amazonaws.com/sidecar@{Digest}")}}",
                  "essential": true,
                  "portMappings": [{ "containerPort": {{8000 + index}}, "protocol": "tcp" }],
                  "healthCheck": { "command": ["CMD", "dotnet", "/app/StreamMlService.dll", "--health"], "interval": 10, "timeout": 5, "retries": 3 },
                  "dockerLabels": { "com.example.part": "{{name}}" },
                  "logConfiguration": {
                    "logDriver": "awslogs",
                    "options": { "awslogs-group": "/ecs/stream-ml-service", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "{{name}}" }
                  },
                  "environment": [

            """);
        for (var entry = 0; entry < entries; entry++)
            text.Append(culture, $"        {{ \"name\": \"SETTING_{entry}\", \"value\": \"value {entry} of {name}\" }},\n");
        text.Append(culture, $"        {{ \"name\": \"LAST\", \"value\": \"{(index == 0 ? "filling" : "x")}\" }}\n      ],\n      \"secrets\": [\n");
        for (var entry = 0; entry < entries / 4; entry++)
            text.Append(culture, $"        {{ \"name\": \"SECRET_{entry}\", \"valueFrom\": \"arn:aws:ssm:us-east-1:123456789012:parameter/app/{entry}\" }},\n");
        text.Append("        { \"name\": \"LAST_SECRET\", \"valueFrom\": \"/app/last\" }\n      ]\n    }");
        text.Append(index == Containers - 1 ? "\n" : ",\n");
    }
}
