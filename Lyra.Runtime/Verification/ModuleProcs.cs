using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>
/// The values that the prologue of a module's top level stores in its variables: the child prototype of each proc and the declaration of
/// each struct type. See the second invariant of <see cref="BytecodeVerifier"/>.
/// </summary>
internal sealed class ModuleProcs
{
    private readonly CompiledModule _module;
    private readonly Prototype?[] _procs;
    private readonly StructInfo?[] _structs;

    private ModuleProcs(CompiledModule module)
    {
        _module = module;
        _procs = new Prototype?[module.Variables.Length];
        _structs = new StructInfo?[module.Variables.Length];
    }

    /// <summary>The first instruction of main after the prologue; 0 if there is no prologue.</summary>
    public int PrologueEnd { get; private set; }

    /// <summary>The prototype that declares the module's struct types.</summary>
    public Prototype OwnerOfStructs => _module.Main;

    public static ModuleProcs Read(CompiledModule module, FaultList faults)
    {
        ModuleProcs procs = new(module);
        faults.Enter(0, module.Main);
        procs.ReadPrologue(faults);
        procs.RequireAll(faults);
        return procs;
    }

    /// <summary>The proc that a module variable of kind Proc holds.</summary>
    public Prototype? ProcOf(int variable) => (uint)variable < (uint)_procs.Length ? _procs[variable] : null;

    /// <summary>The declaration of the struct type that a module variable of kind Struct holds.</summary>
    public StructInfo? StructOf(int variable) => (uint)variable < (uint)_structs.Length ? _structs[variable] : null;

    /// <summary>Whether a variable may be written only by the prologue, or not at all.</summary>
    public bool IsFixed(int variable) => (uint)variable < (uint)_module.Variables.Length
        && (IsLinked(variable)
            || _module.Variables[variable].Kind is ModuleVariableKind.Proc or ModuleVariableKind.Struct or ModuleVariableKind.InnerStruct);

    /// <summary>Whether no code writes a variable: the table of the module that describes it fills it in.</summary>
    private bool IsLinked(int variable) => _module.Variables[variable].Kind
        is ModuleVariableKind.Alias or ModuleVariableKind.Enum or ModuleVariableKind.InnerEnum or ModuleVariableKind.Case;

    private void ReadPrologue(FaultList faults)
    {
        Dictionary<int, object> made = [];
        Instruction[] code = _module.Main.Code;
        for (int pc = 0; pc < code.Length && !faults.IsFull; pc++)
        {
            Instruction i = code[pc];
            if (i.Op == Opcode.NewClosure && (uint)i.Wide < (uint)_module.Main.Children.Length)
            {
                made[i.A] = _module.Main.Children[i.Wide];
            }
            else if (i.Op == Opcode.NewStructType && (uint)i.Wide < (uint)_module.Main.Structs.Length)
            {
                made[i.A] = _module.Main.Structs[i.Wide];
            }
            else if (i.Op == Opcode.SetModule && IsFixed(i.Wide))
            {
                Store(pc, i, made.GetValueOrDefault(i.A), faults);
                PrologueEnd = pc + 1;
            }
            else if (i.Op is not (Opcode.Nop or Opcode.Count or Opcode.Enter or Opcode.Time))
            {
                return;
            }
        }
    }

    private void Store(int pc, in Instruction instruction, object? value, FaultList faults)
    {
        int variable = instruction.Wide;
        if (_procs[variable] is not null || _structs[variable] is not null)
        {
            faults.AddAt(pc, instruction, $"{Describe(variable)} is set twice");
        }
        else if (value is Prototype prototype && _module.Variables[variable].Kind == ModuleVariableKind.Proc)
        {
            _procs[variable] = prototype;
        }
        else if (value is StructInfo info
            && _module.Variables[variable].Kind is ModuleVariableKind.Struct or ModuleVariableKind.InnerStruct)
        {
            _structs[variable] = info;
        }
        else
        {
            faults.AddAt(pc, instruction, $"{Describe(variable)} is set to something else");
        }
    }

    private void RequireAll(FaultList faults)
    {
        for (int i = 0; i < _procs.Length; i++)
        {
            bool isSet = !IsFixed(i) || IsLinked(i) || _procs[i] is not null || _structs[i] is not null;
            faults.Require(isSet, $"the prologue does not set {Describe(i)}");
            foreach (int used in _structs[i]?.Uses ?? [])
            {
                faults.Require(StructOf(used) is { HasUsers: true }, $"{Describe(i)} uses a struct that does not tell so");
            }
        }
    }

    private string Describe(int variable) =>
        $"the {_module.Variables[variable].Kind.ToString().ToLowerInvariant()} in module variable m{variable}";
}
