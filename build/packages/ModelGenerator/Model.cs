using System.Text.Json;

namespace Slipway.ModelGenerator;

/// <summary>A stripped model, as build/models holds it.</summary>
internal sealed record Model(
    string Service,
    string Version,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyDictionary<string, Operation> Operations,
    IReadOnlyDictionary<string, Shape> Shapes)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static Model Read(string path) =>
        ModelText.Read(path).Deserialize<Model>(Options) ?? throw new UsageException($"'{path}' holds no model.");
}

internal sealed record Operation(string? Input, string? Output, IReadOnlyList<string> Errors);

/// <summary>A type of the model.</summary>
internal sealed record Shape(
    string Type,
    bool Exception,
    bool Document,
    IReadOnlyList<string>? Required,
    IReadOnlyList<string>? Enum,
    IReadOnlyDictionary<string, Reference>? Members,
    Reference? Member,
    Reference? Key,
    Reference? Value);

/// <summary>A place that holds a value of another shape.</summary>
internal sealed record Reference(string Shape, bool IdempotencyToken);
