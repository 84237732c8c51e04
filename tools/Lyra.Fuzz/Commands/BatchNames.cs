using System;
using Lyra.Fuzz.Batches;
using Lyra.Fuzz.Files;
using Lyra.Fuzz.HostApi;
using Lyra.Fuzz.HugeOperands;
using Lyra.Fuzz.Modules;
using Lyra.Fuzz.Mutation;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Regexes;
using Lyra.Fuzz.Traces;

namespace Lyra.Fuzz.Commands;

/// <summary>The batches by name.</summary>
internal static class BatchNames
{
    public const string Programs = "programs";
    public const string Modules = "modules";
    public const string Bytecode = "bytecode";
    public const string Traces = "traces";
    public const string Regexes = "regexes";
    public const string Huge = "huge";
    public const string HostApi = "host";
    public const string Files = "files";
    public const string Planted = "planted";

    /// <exception cref="ArgumentException">There is no such batch.</exception>
    public static IBatch Create(string name, FindFolder folder, BatchInputs inputs) => name switch
    {
        Bytecode => new BytecodeBatch(folder, inputs.Sources),
        Programs => new ProgramBatch(folder, inputs.Corpus),
        Modules => new ModuleBatch(folder),
        Traces => new TraceBatch(folder),
        Regexes => new RegexBatch(folder),
        Huge => new HugeBatch(folder),
        HostApi => new HostApiBatch(folder, new HostCalls()),
        Files => new FileBatch(folder),
        Planted => new PlantedBatch(folder),
        _ => throw new ArgumentException($"There is no batch '{name}'.", nameof(name)),
    };
}
