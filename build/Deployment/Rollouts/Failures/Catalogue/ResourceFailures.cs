namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>What a task needs before its containers start cannot be had: secrets, logs, files, volumes, network.</summary>
internal static class ResourceFailures
{
    private const string Retrieval = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";
    private const string Asm = Retrieval + "unable to retrieve secret from asm: service call has been retried 1 time(s): ";
    private const string Ssm = Retrieval + "unable to retrieve secrets from ssm: service call has been retried 1 time(s): ";
    private const string Logger = "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ";
    private const string User = "User: arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/0f1e is not authorized to perform: ";
    private const string Secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:web/db-AbCdEf";
    private static readonly string[] Init = ["resourceinitializationerror"];
    private static readonly string[] OfSecret = ["from asm", "from ssm", "secretsmanager", "secrets manager", "ssm parameter", "ssm:get", "aws systems manager"];

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("secret-json-key", "A secret is there and lacks the JSON key that the task definition names.",
            "add the key to the secret's JSON, or correct the part behind the secret's ARN in 'valueFrom' (arn:…:KEY::)", 1)
        {
            Words = [["did not contain json key"]],
            Examples = [new(Asm + "retrieved secret from Secrets Manager did not contain json key DB_PASSWORD")],
        },
        new("secret-format", "A secret is no JSON, and the task definition asks for a key in it.",
            "store the secret as a JSON object, or name it without a key in 'valueFrom'", 1)
        {
            Words = [Init, ["invalid character", "cannot unmarshal", "unexpected end of json"]],
            Examples = [new(Asm + "failed to parse secret JSON: invalid character 'p' in literal true (expecting 'r')")],
        },
        new("secret-missing", "A secret or parameter that the task definition names does not exist.",
            "create it in the region of the deploy, or correct 'valueFrom' under 'secrets'", 1)
        {
            Words = [Init, ["can't find the specified secret", "invalid ssm parameters", "parameternotfound", "invalid parameters", "secret marked for deletion"]],
            Examples =
            [
                new(Asm + $"failed to fetch secret {Secret} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret."),
                new(Ssm + "invalid ssm parameters: /web/db-password"),
            ],
        },
        new("secret-key", "A secret is encrypted with a KMS key that the execution role may not use.",
            "give the execution role kms:Decrypt on the key, in its own policy and in the key's", 2)
        {
            Words = [Init, ["kms:", "access to kms", "kms key"]],
            Examples = [new(Asm + $"failed to fetch secret {Secret} from secrets manager: AccessDeniedException: Access to KMS is not allowed")],
        },
        new("secret-denied", "The execution role {principal} may not read a secret of the task definition ({action}).",
            "give the execution role secretsmanager:GetSecretValue or ssm:GetParameters on the ARNs under 'secrets'", 2)
        {
            Words = [Init, OfSecret, ["not authorized", "accessdenied"]],
            Examples =
            [
                new(Asm + $"failed to fetch secret {Secret} from secrets manager: AccessDeniedException: {User}secretsmanager:GetSecretValue on resource: {Secret} "
                    + "because no identity-based policy allows the secretsmanager:GetSecretValue action"),
                new(Ssm + $"AccessDeniedException: {User}ssm:GetParameters on resource: arn:aws:ssm:us-east-1:123456789012:parameter/web/db"),
            ],
        },
        new("secret-unreachable", "The tasks cannot reach the service that keeps their secrets.",
            "give their subnets a route to it: a NAT gateway, a public address, or a VPC endpoint for secretsmanager or ssm with port 443 open to the tasks", 3)
        {
            Words = [Init, OfSecret, ["canceled", "deadline exceeded", "timeout", "timed out", "connection issue", "dial tcp"]],
            Examples =
            [
                new(Ssm + "RequestCanceled: request context canceled caused by: context deadline exceeded"),
                new(Retrieval + "unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration."),
            ],
        },
        new("secrets", "A secret of the task definition cannot be read.",
            "check the ARNs under 'secrets', that the execution role may read them, and that the subnets reach the service that keeps them", 2)
        {
            Words = [Init, OfSecret],
            Examples = [new(Asm + "InternalServiceError: An error occurred on the server side")],
        },
        new("environment-file", "An environment file of the task definition cannot be read from S3.",
            "check the object's ARN under 'environmentFiles', and that the execution role has s3:GetObject on it and s3:GetBucketLocation on the bucket", 2)
        {
            Words = [Init, ["env file", "environment file", "envfile"]],
            Examples = [new("ResourceInitializationError: failed to download env files: file download command: non empty error stream: AccessDenied: Access Denied status code: 403")],
        },
        new("log-denied", "The execution role {principal} may not write logs ({action}).",
            "give the execution role logs:CreateLogStream and logs:PutLogEvents (and logs:CreateLogGroup for 'awslogs-create-group') on the log group", 2)
        {
            Words = [Init, ["logs:createlogstream", "logs:createloggroup", "logs:putlogevents"]],
            Examples = [new(Logger + $"AccessDeniedException: {User}logs:CreateLogStream on resource: arn:aws:logs:us-east-1:123456789012:log-group:/ecs/web:log-stream:")],
        },
        new("log-group-missing", "The log group that the task definition names does not exist, or is not reached.",
            "create the log group that 'awslogs-group' names in the region that 'awslogs-region' names; where it is there, give the subnets a route to CloudWatch Logs", 1)
        {
            Words = [Init, ["log group does not exist", "cannot find the amazon cloudwatch log group"]],
            Examples =
            [
                new(Logger + "ResourceNotFoundException: The specified log group does not exist."),
                new("ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. "
                    + "There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed"),
            ],
        },
        new("logs", "The log driver cannot be set up.", "check 'logConfiguration' of the containers: the driver's options, the log group and its region", 2)
        {
            Words = [[.. Init, "cannotstart"], ["logger", "logging driver", "awslogs", "log stream", "fluentd"]],
            Examples =
            [
                new("ResourceInitializationError: failed to validate logger args: unable to get awslogs driver arguments: awslogs-region is required"),
                new("ResourceInitializationError: failed to initialize logging driver: context deadline exceeded"),
            ],
        },
        new("file-system", "An EFS file system cannot be mounted.",
            "check the file system's id and access point, its mount targets in the tasks' subnets, their security group (port 2049) and the task role's elasticfilesystem rights", 2)
        {
            Words = [["efs", "mount.nfs", "elasticfilesystem"]],
            Examples =
            [
                new("ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'"),
                new("ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve \"fs-0f1e.efs.us-east-1.amazonaws.com\""),
            ],
        },
        new("volume", "A volume of the task cannot be made or attached.",
            "check 'volumes' of the task definition and, for EBS, the infrastructure role and the quota for volumes", 2)
        {
            Words = [["cannotcreatevolumeerror", "ebs volume", "volume attachment", "mount point", "ephemeralstorage provisioning"]],
            Examples =
            [
                new("CannotCreateVolumeError: failed to create volume data: driver not found"),
                new("Timeout waiting for EphemeralStorage provisioning to complete."),
            ],
        },
        new("addresses", "The subnets have no free addresses.", "free some, or give the service more subnets", null)
        {
            Words = [["free addresses", "insufficientfreeaddresses", "freeaddressesinsubnet", "does not have enough free ip"]],
            Examples = [new("Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0f1e': InsufficientFreeAddressesInSubnet")],
        },
        new("network-setting", "A subnet or security group of the service does not exist, or they belong to different VPCs.",
            "correct the service's network configuration: subnets and security groups of one VPC that exist", 2)
        {
            Sources = FailureSource.Task | FailureSource.Event | FailureSource.Api,
            Words = [["invalidsubnetid", "invalidgroup", "security group", "invalidsecuritygroupid", "subnet id"], ["notfound", "not found", "does not exist", "malformed", "different vpc"]],
            Examples =
            [
                new("Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-0f1e': InvalidSubnetID.NotFound: The subnet ID 'subnet-0f1e' does not exist"),
                new("(service web) was unable to place a task. Reason: The security group 'sg-0f1e' does not exist.", Source: FailureSource.Event),
            ],
        },
        new("network-interface", "The network interface of a task cannot be made.",
            "read the reason; mostly EC2 is slow and the next task succeeds, else a tag policy or a missing right of ECS's own role is in the way", 3)
        {
            Words = [["network interface", "configure eni", "setup regular eni"]],
            Examples =
            [
                new("Timeout waiting for network interface provisioning to complete."),
                new("Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation"),
                new("ResourceInitializationError: failed to configure ENI: failed to setup regular eni: netplugin failed with no error message"),
            ],
        },
        new("initialization", "The task's surroundings cannot be prepared.", "read the stop reason; check the VPC's DNS resolution", 2)
        {
            Words = [Init],
            Examples = [new("ResourceInitializationError: unable to pull secrets or registry auth: pull command failed: : signal: killed")],
        },
    ];
}
