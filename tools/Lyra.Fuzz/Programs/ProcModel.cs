using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <summary>A parameter of a generated proc.</summary>
internal sealed record ParameterModel(string Name, Kind Kind, bool HasDefault);

/// <summary>A declared proc of a generated program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Without the rest parameter.</param>
/// <param name="HasRest">Whether a rest parameter for ints follows.</param>
/// <param name="Result">The kind of its result; for a generator, of the values that it yields.</param>
internal sealed record ProcModel(string Name, IReadOnlyList<ParameterModel> Parameters, bool HasRest, Kind Result);

/// <summary>A declared struct of a generated program. It has the fields <c>x</c> and <c>y</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hooks">The names of its hooks.</param>
/// <param name="IsAnnotated">Whether its fields have types.</param>
internal sealed record StructModel(string Name, HashSet<string> Hooks, bool IsAnnotated);
