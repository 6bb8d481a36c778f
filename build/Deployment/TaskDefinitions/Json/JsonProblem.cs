using Slipway.Deployment.TaskDefinitions.Validation;

namespace Slipway.Deployment.TaskDefinitions.Json;

/// <summary>Why a text is not the JSON that was expected, and where; the texts are those of a <see cref="Finding"/>.</summary>
internal sealed record JsonProblem(TaskDefinitionRule Rule, TextPosition Position, string Message, string? Found, string Allowed);
