namespace Slipway.Deployment.Artifacts;

/// <summary>What the store knows of one type of artifact.</summary>
/// <param name="Type">The record.</param>
/// <param name="File">Its file name.</param>
/// <param name="Writer">The target that writes it.</param>
/// <param name="Schema">The shape's number that this program writes and reads.</param>
/// <param name="MadeFrom">The artifact that it is made from: while that one is here, both must be of the same fingerprint.</param>
internal sealed record ArtifactKind(Type Type, string File, string Writer, int Schema, Type? MadeFrom)
{
    private static readonly Dictionary<Type, ArtifactKind> Known = new ArtifactKind[]
    {
        new(typeof(BuildArtifact), "build.json", "DockerBuild", BuildArtifact.CurrentSchema, null),
        new(typeof(ImageArtifact), "image.json", "Push", ImageArtifact.CurrentSchema, typeof(BuildArtifact)),
        new(typeof(TaskDefinitionArtifact), "task-definition.meta.json", "RenderTaskDef", TaskDefinitionArtifact.CurrentSchema,
            typeof(ImageArtifact)),
        new(typeof(DeploymentArtifact), "deployment.json", "DeployEcs", DeploymentArtifact.CurrentSchema, typeof(TaskDefinitionArtifact)),
        new(typeof(OutcomeArtifact), "outcome.json", "WaitStable", OutcomeArtifact.CurrentSchema, null),
    }.ToDictionary(kind => kind.Type);

    /// <summary>The target that writes a file which is no record: <c>task-definition.json</c>.</summary>
    public static string WriterOf(string file) =>
        Known.Values.FirstOrDefault(kind => kind.File == file)?.Writer ?? (file == "task-definition.json" ? "RenderTaskDef" : "Deploy");

    public static ArtifactKind Of(Type type) => Known[type];
}
