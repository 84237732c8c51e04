using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Disassembly;

namespace Lyra.Runtime.Verification;

/// <summary>Collects faults up to a maximum number, each with its place.</summary>
internal sealed class FaultList(int most)
{
    private string _place = "module";

    public List<string> Sentences { get; } = [];

    public bool IsFull => Sentences.Count >= most;

    /// <summary>The work that the module's data flow analysis may still do.</summary>
    public long Work { get; set; } = VerifierLimits.MaxFlowWork;

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
