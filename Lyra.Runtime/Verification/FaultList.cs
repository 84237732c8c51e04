using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;

namespace Lyra.Runtime.Verification;

/// <summary>Collects faults up to a maximum number, each with its place.</summary>
/// <param name="most">The number of faults after which the verifier may stop.</param>
/// <param name="meter">Counts the work of the verifier.</param>
internal sealed class FaultList(int most, WorkMeter meter)
{
    private string _place = "module";

    public List<string> Sentences { get; } = [];

    public bool IsFull => Sentences.Count >= most;

    /// <summary>Counts the work and the memory.</summary>
    public WorkMeter Meter { get; } = meter;

    /// <summary>The work that the module's data flow analysis may still do.</summary>
    public long Work { get; private set; } = VerifierLimits.MaxFlowWork;

    /// <summary>Counts work of the data flow analysis.</summary>
    /// <param name="work">Units of about a nanosecond.</param>
    public void Spend(long work)
    {
        Work -= work;
        Meter.Step(work);
    }

    /// <summary>Sets the place of the faults that follow.</summary>
    public void Enter(int number, Prototype prototype) => _place = $"proc {number} {AssemblyText.Name(prototype.Name)}";

    public void Add(string fault)
    {
        if (!IsFull)
        {
            Sentences.Add($"{_place}: {fault}");
        }
    }

    public void AddAt(int pc, in Instruction instruction, string fault) => Add($"instruction {pc} ({instruction.Op}): {fault}");

    /// <summary>Adds the fault unless the condition holds.</summary>
    public void Require(bool condition, string fault)
    {
        if (!condition)
        {
            Add(fault);
        }
    }
}
