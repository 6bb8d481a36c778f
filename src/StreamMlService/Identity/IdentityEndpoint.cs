namespace StreamMlService.Identity;

/// <summary>GET /: name, version and, where they are known, image and task.</summary>
internal static class IdentityEndpoint
{
    public const string Name = "stream-ml-service";

    public static void MapIdentity(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", async (TaskMetadata metadata, ServiceVersion version, CancellationToken cancellationToken) =>
        {
            var task = await metadata.ReadAsync(cancellationToken);
            return new ServiceIdentity(Name, version.Value, task.ImageDigest, task.Task, task.TaskDefinition);
        });
}
