using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about volumes and what mounts them.</summary>
internal static class VolumeChecks
{
    public static TaskDefinitionRule Twice { get; } = RuleSource.Api("Volume").Error("volume-twice", "No two volumes have the same name");

    public static TaskDefinitionRule Mount { get; } = RuleSource.Api("MountPoint").Error("mount-volume", "A mount point names a volume of the task definition");

    public static TaskDefinitionRule From { get; } = RuleSource.Api("VolumeFrom").Error("volumes-from", "Volumes are taken from another container of the task");

    public static TaskDefinitionRule FileSystem { get; } = RuleSource.Api("EFSVolumeConfiguration").Error("efs-id", "An EFS file system is named by its id");

    public static TaskDefinitionRule Encryption { get; } = RuleSource.Api("EFSVolumeConfiguration").Error(
        "efs-encryption", "EFS with IAM or an access point encrypts its traffic");

    public static TaskDefinitionRule Directory { get; } = RuleSource.Api("EFSVolumeConfiguration").Error("efs-root", "EFS with an access point has no other root directory than /");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Twice, Mount, From, FileSystem, Encryption, Directory];

    public static void Check(CheckRun run)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var volume in CheckRun.ObjectsOf(run.Root["volumes"]))
        {
            if (CheckRun.TextOf(volume["name"]) is { } name && !names.Add(name)) run.Add(volume["name"]!, Twice, "Another volume has the same name.", "a name of its own");
            if (volume["efsVolumeConfiguration"] is JObject efs) Efs(run, efs);
        }

        foreach (var container in run.Containers) Mounted(run, container, names);
    }

    private static void Mounted(CheckRun run, JObject container, HashSet<string> names)
    {
        foreach (var mount in CheckRun.ObjectsOf(container["mountPoints"]))
        {
            if (CheckRun.TextOf(mount["sourceVolume"]) is { } name && !names.Contains(name))
                run.Add(mount["sourceVolume"]!, Mount, "No volume has this name.", names.Count == 0 ? "a volume, and there is none" : string.Join(", ", names.Take(20).Select(FoundText.Quoted)));
        }

        foreach (var source in CheckRun.ObjectsOf(container["volumesFrom"]))
        {
            if (CheckRun.TextOf(source["sourceContainer"]) is { } name && (run.Find(name) is not { } other || ReferenceEquals(other, container)))
                run.Add(source["sourceContainer"]!, From, "No other container has this name.", run.OtherNames(container));
        }
    }

    private static void Efs(CheckRun run, JObject efs)
    {
        if (CheckRun.TextOf(efs["fileSystemId"]) is { } id && !IsFileSystem(id)) run.Add(efs["fileSystemId"]!, FileSystem, "This is no EFS file system.", "\"fs-\" and 8 to 40 hexadecimal digits");
        if (efs["authorizationConfig"] is not JObject authorization) return;

        var hasPoint = authorization["accessPointId"] is JValue { Type: JTokenType.String };
        if ((hasPoint || CheckRun.TextOf(authorization["iam"]) == "ENABLED") && CheckRun.TextOf(efs["transitEncryption"]) != "ENABLED")
            run.Add(efs["transitEncryption"] ?? efs, Encryption, "IAM and access points need encryption in transit.", "\"transitEncryption\": \"ENABLED\"");
        if (hasPoint && CheckRun.TextOf(efs["rootDirectory"]) is { } root && root != "/")
            run.Add(efs["rootDirectory"]!, Directory, "The access point sets the root directory.", "\"/\", or no rootDirectory");
    }

    private static bool IsFileSystem(string id) => id.StartsWith("fs-", StringComparison.Ordinal) && id.Length is >= 11 and <= 43 && Characters.AreAll(id.AsSpan(3), char.IsAsciiHexDigitLower);
}
