using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <summary>A parameter of a generated proc.</summary>
internal sealed record ParameterModel(string Name, Kind Kind, bool HasDefault);

/// <summary>A declared proc of a generated program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Without the rest parameter.</param>
/// <param name="HasRest">Whether a rest parameter for ints follows.</param>
/// <param name="Result">What it gives; of a generator, what it yields.</param>
internal sealed record ProcModel(string Name, IReadOnlyList<ParameterModel> Parameters, bool HasRest, Kind Result);

/// <summary>A declared struct of a generated program: fields <c>x</c> and <c>y</c>, and what it has besides.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hooks">Names of its hooks.</param>
/// <param name="IsAnnotated">Whether its fields have types.</param>
internal sealed record StructModel(string Name, HashSet<string> Hooks, bool IsAnnotated);
