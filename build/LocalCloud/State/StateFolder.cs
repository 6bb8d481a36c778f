using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.LocalCloud.State;

/// <summary>The folder that holds what the embedded cloud knows. Every file is written whole or not at all.</summary>
internal sealed class StateFolder(string root)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>Absolute path of a folder inside, made where it does not exist.</summary>
    public string Folder(params string[] names)
    {
        var path = Path.Combine([Root, .. names]);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Reads a document; null where there is none or where it cannot be read as JSON (it was half written by somebody else).</summary>
    public T? Read<T>(string name)
        where T : class
    {
        var path = Path.Combine(Root, name);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a document to a temporary file and renames it.</summary>
    public void Write<T>(string name, T document)
        where T : class
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(document, Options));
            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }
}
