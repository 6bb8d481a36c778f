namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>The image cannot be pulled, or does not fit the task.</summary>
internal static class ImageFailures
{
    private const string Registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private const string Other = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
    private const string Retried = "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ";
    private const string Daemon = "CannotPullContainerError: Error response from daemon: ";
    private static readonly string[] Pull = ["cannotpull"];
    private static readonly string[] Unreachable =
    [
        "timeout", "timed out", "dial tcp", "canceled", "connection refused", "connection reset", "connection issue", "deadline exceeded", "eof",
    ];

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("region", "The task definition names something in region {region}, and the service runs in another region.",
            "make them one: the image, the log group ('awslogs-region') and the secrets belong into the region of the deploy; "
            + "look at the setting 'region' (AWS_REGION), then run --target=Push and --target=RenderTaskDef", 2)
        {
            NeedsOtherRegion = true,
            Words =
            [
                ["cannotpull", "resourceinitializationerror"],
                ["not found", "unknown", "does not exist", "can't find", "cannot find", "notfound", "no basic auth", .. Unreachable],
            ],
            Examples =
            [
                new($"{Retried}{Other}/stream-ml-service@sha256:0f1e: {Other}/stream-ml-service@sha256:0f1e: not found"),
                new("ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: "
                    + "ResourceNotFoundException: The specified log group does not exist. : exit status 1 (logs.eu-central-1.amazonaws.com)"),
            ],
        },
        new("image-platform", "The image has no variant for the platform of the task.",
            "build with a --platform that fits 'runtimePlatform' of the task definition", 1)
        {
            Sources = FailureSource.Task | FailureSource.Event | FailureSource.Log,
            Words = [["no matching manifest", "descriptor matching platform", "exec format error", "cannot be used on this platform"]],
            Examples =
            [
                new("CannotPullContainerError: pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'"),
                new("exec /app/StreamMlService: exec format error", Source: FailureSource.Log),
                new("CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries"),
            ],
        },
        new("image-name", "The image's name in the task definition is not a valid one.",
            "correct 'image' of the container definition: host/name:tag or host/name@sha256:…, in lower case", 1)
        {
            Words = [["invalid reference format", "invalid reference"]],
            Examples = [new("CannotPullContainerError: invalid reference format: repository name must be lowercase")],
        },
        new("repository-missing", "The repository that the task definition names does not exist.",
            "correct the setting 'repository', or create it; then run --target=Push, --target=RenderTaskDef and --target=DeployEcs", 1)
        {
            Words = [Pull, ["name unknown", "the repository with name", "(404): repository"]],
            Examples =
            [
                new($"{Daemon}name unknown: The repository with name 'stream-ml-servce' does not exist in the registry with id '123456789012'"),
                new($"CannotPullContainerError: API error (404): repository {Registry}/stream-ml-servce not found"),
            ],
        },
        new("image-rate", "The registry limits how often images are pulled.", "use an image from ECR, or an ECR pull-through cache", 3)
        {
            Words = [["toomanyrequests", "rate limit", "429 too many"]],
            Examples =
            [
                new("CannotPullContainerError: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading"),
                new($"{Retried}docker.io/library/nginx:1: unexpected status code: 429 Too Many Requests"),
            ],
        },
        new("image-layers", "The image's layers cannot be read: ECR keeps them in S3, and that is not reached or refuses.",
            "give the subnets an S3 gateway endpoint (or a NAT gateway), and let its policy allow s3:GetObject on arn:aws:s3:::prod-<region>-starport-layer-bucket/*", 2)
        {
            Words = [["httpreaderseeker", "failed to copy", "layer-bucket"]],
            Examples =
            [
                new("CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code "
                    + "https://prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com/0f1e: 403 Forbidden"),
            ],
        },
        new("image-denied", "The registry refused the pull to the task's execution role.",
            "give the execution role ecr:BatchGetImage and ecr:GetDownloadUrlForLayer (AmazonECSTaskExecutionRolePolicy has them), and look at the repository's policy", 2)
        {
            Words = [Pull, ["denied", "not authorized", "unauthorized", "no basic auth", "403", "forbidden"]],
            Examples =
            [
                new($"{Daemon}pull access denied for {Registry}/web, repository does not exist or may require 'docker login': denied: User: "
                    + "arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/0f is not authorized to perform: ecr:BatchGetImage on resource: "
                    + "arn:aws:ecr:us-east-1:123456789012:repository/web because no identity-based policy allows the ecr:BatchGetImage action"),
                new($"CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref \"{Registry}/web:1\": pulling from host failed with status code [manifests 1]: 403 Forbidden"),
            ],
        },
        new("image-missing", "The image that the task definition names is not in its repository.",
            "run --target=Push, then --target=RenderTaskDef and --target=DeployEcs", 1)
        {
            Words = [Pull, ["not found", "manifest unknown", "does not exist", "404"]],
            Examples =
            [
                new($"{Retried}{Registry}/web@sha256:0f1e: {Registry}/web@sha256:0f1e: not found"),
                new($"{Daemon}manifest for {Registry}/web:1 not found: manifest unknown: Requested image not found"),
            ],
        },
        new("registry-name", "The registry's host name cannot be resolved from the tasks' subnets.",
            "correct the host in 'image'; where it is right, switch on DNS resolution and DNS host names of the VPC", 2)
        {
            Words = [[.. Pull, "registry auth from amazon ecr", "ecr registry auth"], ["no such host", "server misbehaving", "name resolution"]],
            Examples = [new($"{Retried}{Registry}/web:1: failed to do request: Head \"https://{Registry}/v2/web/manifests/1\": dial tcp: lookup {Registry}: no such host")],
        },
        new("registry-certificate", "The tasks do not trust the certificate of the registry.",
            "use a certificate of a public authority; a proxy or an endpoint that opens TLS cannot stand before a registry of Fargate", 2)
        {
            Words = [Pull, ["x509"]],
            Examples = [new($"{Retried}registry.example.com/web:1: failed to do request: tls: failed to verify certificate: x509: certificate signed by unknown authority")],
        },
        new("registry-unreachable", "The tasks cannot reach the registry.",
            "give their subnets a route to it: a NAT gateway, a public address (assignPublicIp), or VPC endpoints for ecr.api, ecr.dkr and s3 "
            + "whose security group lets the tasks in on port 443", 3)
        {
            Words = [[.. Pull, "registry auth from amazon ecr", "ecr registry auth"], Unreachable],
            Examples =
            [
                new($"{Retried}{Registry}/web:1: failed to do request: Head \"https://{Registry}/v2/web/manifests/1\": dial tcp 10.0.3.17:443: i/o timeout"),
                new($"CannotPullContainerError: API error (500): Get https://{Registry}/v2/: net/http: request canceled while waiting for connection"),
                new("ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue "
                    + "between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "
                    + "\"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp 44.213.79.10:443: i/o timeout"),
                new("CannotPullContainerError: context canceled"),
            ],
        },
        new("disk-full", "The image does not fit on the task's storage.",
            "raise 'ephemeralStorage' in the task definition (Fargate: 21 to 200 GiB), or make the image smaller", 2)
        {
            Words = [["no space left on device", "disk quota exceeded"]],
            Examples =
            [
                new("CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:0f1e: write /usr/lib/x: no space left on device: unknown"),
                new("CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device"),
            ],
        },
        new("image", "The image cannot be pulled.", "read the stop reason; pull the image by its digest from elsewhere to see whether it is whole", 2)
        {
            Words = [Pull],
            Examples = [new("CannotPullContainerError: ref pull has been retried 5 time(s): failed commit on ref \"layer-sha256:0f1e\": unexpected commit digest")],
        },
    ];
}
