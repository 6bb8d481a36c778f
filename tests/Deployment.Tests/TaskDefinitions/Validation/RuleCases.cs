using Newtonsoft.Json.Linq;
using Slipway.Deployment.Services;
using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.Tests.TaskDefinitions.Validation;

/// <summary>For each rule at least one document that breaks it; what is then said stands in Golden/rule-findings.txt.</summary>
internal static class RuleCases
{
    private const string Digest = TestDocuments.Digest;

    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. RenderCases.All,
        RuleCase.Text("json-syntax", "a comment", "{\n  // family\n}"),
        RuleCase.Text("json-syntax", "an array for the object", "[]"),
        new("json-encoding", "a byte order mark", [0xEF, 0xBB, 0xBF, .. "{}"u8], TestDocuments.Context),
        RuleCase.Text("json-encoding", "half of a surrogate pair", """{ "family": "\ud800" }"""),
        RuleCase.Text("json-duplicate-name", "two families", """{ "family": "a", "family": "b" }"""),
        RuleCase.Text("json-depth", "1000 arrays", $$"""{ "a": {{new string('[', 1000)}} }"""),
        new("json-size", "10 MB", new byte[10 * 1024 * 1024], TestDocuments.Context),

        RuleCase.Of("type", "a number for a string", root => root["cpu"] = 256),
        RuleCase.Of("type", "a string for a number", root => Port(root)["containerPort"] = "8000"),
        RuleCase.Of("type", "an array for an object", root => Container(root)["healthCheck"] = new JArray(1, 2)),
        RuleCase.Of("type", "a number that does not fit", root => Container(root)["cpu"] = 2147483648),
        RuleCase.Of("type", "a fraction", root => Port(root)["containerPort"] = 8000.5),
        RuleCase.Of("type", "a number as a variable's value", root => Variable(root)["value"] = 5),
        RuleCase.Of("type", "a string for a container", root => ((JArray)root["containerDefinitions"]!).Add("x")),
        RuleCase.Of("required-member", "no family", root => root.Remove("family")),
        RuleCase.Of("required-member", "no container's name", root => Container(root).Remove("name")),
        RuleCase.Of("required-member", "a secret without source", root => Container(root)["secrets"] = Parse("""[{ "name": "A" }]""")),
        RuleCase.Of("null-value", "null for an object", root => root["ephemeralStorage"] = null),
        RuleCase.Of("unknown-member", "a slip", root => Container(root)["portMapping"] = new JArray()),
        RuleCase.Of("unknown-member", "a new one", root => root["quantumState"] = new JObject()),
        RuleCase.Of("enum-spelling", "another case", root => root["runtimePlatform"]!["cpuArchitecture"] = "x86_64"),
        RuleCase.Of("enum-unknown", "a new one", root => root["runtimePlatform"]!["operatingSystemFamily"] = "PLAN9"),
        RuleCase.Of("number-range", "an interval of 1 s", root => Container(root)["healthCheck"]!["interval"] = 1),
        RuleCase.Of("number-range", "port zero", root => Port(root)["containerPort"] = 0),
        RuleCase.Of("number-range", "20 GiB of storage", root => root["ephemeralStorage"] = Parse("""{ "sizeInGiB": 20 }""")),
        RuleCase.Of("name-format", "a blank in the family", root => root["family"] = "a b"),
        RuleCase.Of("name-format", "capitals in a port's name", root => Port(root)["name"] = "HTTP"),
        RuleCase.Of("length", "51 tags", root => root["tags"] = new JArray(Enumerable.Range(0, 51).Select(n => Parse($$"""{ "key": "k{{n}}" }""")))),
        RuleCase.Of("length", "a long tag", root => root["tags"] = Parse($$"""[{ "key": "{{new string('k', 129)}}" }]""")),
        RuleCase.Of("nul-character", "in a command", root => Container(root)["command"] = new JArray("a\0b")),
        RuleCase.Of("response-only", "a revision", root => root["revision"] = 7),
        RuleCase.Of("schema-member", "a schema", root => root["$schema"] = "schemas/ecs-task-def.schema.json"),

        RuleCase.Of("replace-me", "in a role", root => root["executionRoleArn"] = "arn:aws:iam::123456789012:role/REPLACE_ME"),
        RuleCase.Of("replace-me", "in a name", root => Options(root)["replace_me"] = "x"),
        RuleCase.Text("describe-answer", "around the document", """{ "taskDefinition": { "family": "a" } }"""),
        RuleCase.Of("containers", "an empty array", root => root["containerDefinitions"] = new JArray()),
        RuleCase.Of("containers-many", "eleven", root =>
        {
            foreach (var n in Enumerable.Range(1, 10)) Add(root, $"c{n}");
        }),
        RuleCase.Of("document-size", "a long value", root => Variable(root)["value"] = new string('x', 65536)),
        RuleCase.Of("essential", "none", root => Container(root)["essential"] = false),
        RuleCase.Of("tag-twice", "two owners", root => root["tags"] = Parse("""[{ "key": "owner", "value": "a" }, { "key": "owner", "value": "b" }]""")),
        RuleCase.Of("tag-reserved", "an AWS tag", root => root["tags"] = Parse("""[{ "key": "aws:owner", "value": "a" }]""")),
        RuleCase.Of("too-many-findings", "201 slips", root => root["tags"] = new JArray(Enumerable.Range(0, 201).Select(n => new JValue(n)))),

        RuleCase.Of("container-choice", "two containers, none like the family", root =>
        {
            root["family"] = "other";
            Add(root, "b");
        }),
        RuleCase.Of("container-choice", "a container that is not there", _ => { }, TestDocuments.Context with { Containers = ["web"] }),
        RuleCase.Of("container-name-twice", "two of the same name", root => Add(root, "stream-ml-service")),
        RuleCase.Of("depends-on", "an unknown container", root => Add(root, "b")["dependsOn"] = Parse("""[{ "containerName": "c", "condition": "START" }]""")),
        RuleCase.Of("depends-on-cycle", "each other", root =>
        {
            Add(root, "b")["dependsOn"] = Parse("""[{ "containerName": "stream-ml-service", "condition": "START" }]""");
            Container(root)["dependsOn"] = Parse("""[{ "containerName": "b", "condition": "START" }]""");
        }),
        RuleCase.Of("depends-on-healthy", "no health check", root =>
        {
            Add(root, "b");
            Container(root)["dependsOn"] = Parse("""[{ "containerName": "b", "condition": "HEALTHY" }]""");
        }),
        RuleCase.Of("depends-on-essential", "an essential one", root =>
        {
            Add(root, "b");
            Container(root)["dependsOn"] = Parse("""[{ "containerName": "b", "condition": "SUCCESS" }]""");
        }),

        RuleCase.Of("image-uri", "a scheme", root => Container(root)["image"] = "https://host/name:1"),
        RuleCase.Of("image-uri", "capitals", root => Container(root)["image"] = "Name:1"),
        RuleCase.Of("image-uri", "a sidecar without image", root => Add(root, "b").Remove("image")),
        RuleCase.Of("image-length", "a long name", root => Container(root)["image"] = $"host.example/{new string('a', 250)}@{Digest}"),
        RuleCase.Of("image-account", "another account", root => Container(root)["image"] = "210987654321.dkr.ecr.us-east-1.amazonaws.com/a:1"),
        RuleCase.Of("image-region", "another region", root => Container(root)["image"] = "123456789012.dkr-ecr.eu-west-1.on.aws/a:1"),

        RuleCase.Of("role-arn", "a name", root => root["executionRoleArn"] = "ecsTaskExecutionRole"),
        RuleCase.Of("role-arn", "a user", root => root["taskRoleArn"] = "arn:aws:iam::123456789012:user/x"),
        RuleCase.Of("role-account", "another account", root => root["taskRoleArn"] = "arn:aws:iam::210987654321:role/x"),
        RuleCase.Of("execution-role", "for the logs", root => root.Remove("executionRoleArn")),
        RuleCase.Of("execution-role", "for a secret on EC2", root =>
        {
            root.Remove("executionRoleArn");
            root["requiresCompatibilities"] = new JArray("EC2");
            Container(root)["secrets"] = Parse("""[{ "name": "A", "valueFrom": "a" }]""");
        }),
        RuleCase.Of("arn-partition", "a role in China", root => root["taskRoleArn"] = "arn:aws-cn:iam::123456789012:role/x"),

        RuleCase.Of("secret-source", "a value", root => Secret(root, "hunter2 is my password")),
        RuleCase.Of("secret-source", "a bucket", root => Secret(root, "arn:aws:s3:::bucket/key")),
        RuleCase.Of("secret-source", "half of the suffixes", root => Secret(root, "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password")),
        RuleCase.Of("secret-account", "another account", root => Secret(root, "arn:aws:ssm:us-east-1:210987654321:parameter/a/b")),

        RuleCase.Of("environment-name", "an equals sign", root => Variable(root)["name"] = "A=B"),
        RuleCase.Of("environment-twice", "a variable and a secret", root =>
        {
            Secret(root, "/db/password");
            Variable(root)["name"] = "PASSWORD";
        }),
        RuleCase.Of("environment-file", "not .env", root => Container(root)["environmentFiles"] = Parse("""[{ "type": "s3", "value": "arn:aws:s3:::bucket/a.txt" }]""")),
        RuleCase.Of("environment-files", "eleven", root => Container(root)["environmentFiles"] = new JArray(
            Enumerable.Range(0, 11).Select(n => Parse($$"""{ "type": "s3", "value": "arn:aws:s3:::bucket/{{n}}.env" }""")))),

        RuleCase.Of("port-missing", "a host port alone", root => Port(root).Remove("containerPort")),
        RuleCase.Of("port-range", "the higher one first", root => Container(root)["portMappings"] = Parse("""[{ "containerPortRange": "8010-8000" }]""")),
        RuleCase.Of("port-range", "beside a port", root => Port(root)["containerPortRange"] = "8000-8010"),
        RuleCase.Of("port-host", "another one", root => Port(root)["hostPort"] = 80),
        RuleCase.Of("port-twice", "tcp by default", root => ((JArray)Container(root)["portMappings"]!).Add(Parse("""{ "containerPort": 8000 }"""))),
        RuleCase.Of("port-protocols", "tcp and udp", root => ((JArray)Container(root)["portMappings"]!).Add(Parse("""{ "containerPort": 8000, "protocol": "udp" }"""))),
        RuleCase.Of("port-shared", "two containers", root => Add(root, "b")["portMappings"] = Parse("""[{ "containerPort": 8000 }]""")),
        RuleCase.Of("port-network-none", "a port", root =>
        {
            root["networkMode"] = "none";
            root["requiresCompatibilities"] = new JArray("EC2");
        }),
        RuleCase.Of("port-none", "no mapping", root => Container(root).Remove("portMappings")),
        RuleCase.Of("port-service", "another port", _ => { }, TestDocuments.Context with { ContainerPort = 8080 }),
        RuleCase.Of("port-load-balancer", "another port", _ => { }, Balanced("stream-ml-service", 80)),
        RuleCase.Of("port-load-balancer", "another container", _ => { }, Balanced("web", 8000)),

        RuleCase.Of("volume-twice", "two of the same name", root => root["volumes"] = Parse("""[{ "name": "v" }, { "name": "v" }]""")),
        RuleCase.Of("mount-volume", "an unknown one", root => Container(root)["mountPoints"] = Parse("""[{ "sourceVolume": "v", "containerPath": "/v" }]""")),
        RuleCase.Of("volumes-from", "itself", root => Container(root)["volumesFrom"] = Parse("""[{ "sourceContainer": "stream-ml-service" }]""")),
        RuleCase.Of("efs-id", "an ARN", root => root["volumes"] = Parse("""[{ "name": "v", "efsVolumeConfiguration": { "fileSystemId": "arn:aws:x" } }]""")),
        RuleCase.Of("efs-encryption", "IAM without it", root => root["volumes"] = Parse(
            """[{ "name": "v", "efsVolumeConfiguration": { "fileSystemId": "fs-12345678", "authorizationConfig": { "iam": "ENABLED" } } }]""")),
        RuleCase.Of("efs-root", "beside an access point", root => root["volumes"] = Parse(
            """
            [{ "name": "v", "efsVolumeConfiguration": { "fileSystemId": "fs-12345678", "rootDirectory": "/a", "transitEncryption": "ENABLED",
               "authorizationConfig": { "accessPointId": "fsap-12345678" } } }]
            """)),

        RuleCase.Of("health-command", "a bare program", root => Container(root)["healthCheck"]!["command"] = new JArray("curl", "-f", "http://localhost/")),
        RuleCase.Of("health-timeout", "longer than the interval", root => Container(root)["healthCheck"]!["timeout"] = 20),

        RuleCase.Of("log-none", "nothing", root => Container(root).Remove("logConfiguration")),
        RuleCase.Of("log-awslogs-option", "no stream prefix", root => Options(root).Remove("awslogs-stream-prefix")),
        RuleCase.Of("log-awslogs-option", "no options", root => ((JObject)Container(root)["logConfiguration"]!).Remove("options")),
        RuleCase.Of("log-region", "another region", root => Options(root)["awslogs-region"] = "eu-west-1"),
        RuleCase.Of("log-mode", "a slip", root => Options(root)["mode"] = "nonblocking"),
        RuleCase.Of("log-buffer", "words", root => Options(root)["max-buffer-size"] = "much"),
        RuleCase.Of("log-firelens", "no router", root => Container(root)["logConfiguration"] = Parse("""{ "logDriver": "awsfirelens" }""")),

        RuleCase.Of("platform-image", "built for ARM", _ => { }, TestDocuments.Context with { Platform = "linux/arm64" }),
        RuleCase.Of(
            "platform-image", "built for two others", root => root["runtimePlatform"] = Parse("""{ "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" }"""),
            TestDocuments.Context with { Platform = "linux/amd64,linux/arm64" }),

        RuleCase.Of("fargate-size-missing", "no cpu", root => root.Remove("cpu")),
        RuleCase.Of("fargate-size", "much memory", root => root["memory"] = "768"),
        RuleCase.Of("fargate-size", "an odd cpu", root => root["cpu"] = "300"),
        RuleCase.Of("task-size", "words", root => root["memory"] = "half a gigabyte"),
        RuleCase.Of("container-cpu", "more than the task", root => Container(root)["cpu"] = 512),
        RuleCase.Of("container-memory", "more than the task", root => Container(root)["memory"] = 1024),
        RuleCase.Of("container-memory-missing", "on EC2", root =>
        {
            root.Remove("memory");
            root["requiresCompatibilities"] = new JArray("EC2");
        }),
        RuleCase.Of("memory-reservation", "more than the limit", root =>
        {
            Container(root)["memory"] = 128;
            Container(root)["memoryReservation"] = 256;
        }),

        RuleCase.Of("fargate-network", "bridge", root => root["networkMode"] = "bridge"),
        RuleCase.Of("fargate-unsupported", "privileged", root => Container(root)["privileged"] = true),
        RuleCase.Of("fargate-unsupported", "a folder of the host", root => root["volumes"] = Parse("""[{ "name": "v", "host": { "sourcePath": "/tmp" } }]""")),
        RuleCase.Of("fargate-unsupported", "a GPU", root => Container(root)["resourceRequirements"] = Parse("""[{ "type": "GPU", "value": "1" }]""")),
        RuleCase.Of("fargate-unsupported", "rights", root => Container(root)["linuxParameters"] = Parse("""{ "capabilities": { "add": ["NET_ADMIN", "SYS_PTRACE"] } }""")),
        RuleCase.Of("fargate-log-driver", "json-file", root => Container(root)["logConfiguration"] = Parse("""{ "logDriver": "json-file" }""")),
        RuleCase.Of("fargate-timeout", "five minutes", root => Container(root)["stopTimeout"] = 300),
        RuleCase.Of("awsvpc-unsupported", "links", root => Container(root)["links"] = new JArray("b")),
    ];

    private static JObject Container(JObject root) => (JObject)root["containerDefinitions"]![0]!;

    private static JObject Port(JObject root) => (JObject)Container(root)["portMappings"]![0]!;

    private static JObject Variable(JObject root) => (JObject)Container(root)["environment"]![0]!;

    private static JObject Options(JObject root) => (JObject)Container(root)["logConfiguration"]!["options"]!;

    private static JToken Parse(string json) => JToken.Parse(json);

    private static JObject Add(JObject root, string name)
    {
        var container = new JObject { ["name"] = name, ["image"] = "sidecar:1", ["logConfiguration"] = Container(root)["logConfiguration"]!.DeepClone() };
        ((JArray)root["containerDefinitions"]!).Add(container);
        return container;
    }

    private static void Secret(JObject root, string source) =>
        Container(root)["secrets"] = new JArray(new JObject { ["name"] = "PASSWORD", ["valueFrom"] = source });

    private static CheckContext Balanced(string container, int port) =>
        TestDocuments.Context with { LoadBalancers = [new LoadBalancerState("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/t/1", container, port)] };
}
