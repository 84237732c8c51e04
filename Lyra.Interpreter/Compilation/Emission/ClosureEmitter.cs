using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Objects;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Procs and structs declared in a proc: their prototypes, and the code that makes closures and types from these.</summary>
internal sealed class ClosureEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    public void DefineModuleProc(ProcDeclaration declaration)
    {
        int mark = Registers.Top;
        int register = Registers.Reserve();
        EvalClosure(declaration.Proc, register);
        Proc.Variables.Store(Module.Symbols[declaration], register);
        Registers.Top = mark;
    }

    public void EmitNestedProc(ProcDeclaration declaration)
    {
        Symbol symbol = Module.Symbols[declaration];
        if (symbol.IsAtTopLevel || symbol.Scope is null || symbol.Scope.HoistsProcs)
        {
            return;
        }

        DefineNestedProc(symbol, declaration);
    }

    public void DefineNestedProc(Symbol symbol, ProcDeclaration declaration)
    {
        int mark = Registers.Top;
        int register = Registers.Reserve();
        if (!symbol.IsCapturedEarly)
        {
            symbol.Register = register;
            EvalClosure(declaration.Proc, register);
            return;
        }

        EvalClosure(declaration.Proc, register);
        Code.Emit(Opcode.StoreUpvalue, symbol.Register, register);
        Registers.Top = mark;
    }

    public StaticType EvalClosure(ProcNode proc, int target)
    {
        Code.At(proc.NameSpan);
        Code.EmitWide(Opcode.NewClosure, target, AddChild(proc));
        return new StaticType(SlotKind.Proc);
    }

    /// <summary>
    /// Makes a struct type and stores it in its module variable. This includes structs declared in procs: their procs use no variables of
    /// the enclosing code.
    /// </summary>
    public void DefineStruct(StructLayout layout)
    {
        int mark = Registers.Top;
        StructDeclaration declaration = layout.Declaration;
        int constructor = Tables.AddChild(ProcEmitter.Rent(Owner, layout.Constructor).EmitConstructor(layout));
        StructInfo info = new(layout.Enum?.Symbol.Name ?? declaration.Name, DescribeFields(layout), DescribeMethods(layout), constructor)
        {
            EnumVariable = layout.Enum?.Symbol.Slot ?? -1,
            Ordinal = layout.Ordinal,
            Uses = layout.Used.Count == 0 ? []
                : [.. layout.Used.Where(static used => used.Origin is null).Select(static used => used.Symbol.Slot)],
            HasUsers = layout.HasUsers,
            Adoptions = (short)Limits.Fit(layout.Adopted.Count, "structs of other modules"),
        };
        int register = Registers.Reserve();
        Code.At(declaration.NameSpan);
        Code.EmitWide(Opcode.NewStructType, register, Tables.AddStruct(info));
        Code.EmitWide(Opcode.SetModule, register, layout.Symbol.Slot);
        Registers.Top = mark;
    }

    private FieldInfo[] DescribeFields(StructLayout layout)
    {
        ImmutableArray<FieldDeclaration> declarations = layout.Fields;
        FieldInfo[] fields = new FieldInfo[declarations.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            int type = layout.FieldSymbols[i].Type is SlotType annotated ? Tables.TypeIndex(annotated) : -1;
            fields[i] = new FieldInfo(declarations[i].Name, type, declarations[i].DefaultValue is not null)
            {
                Adoption = (short)layout.AdoptionOf(declarations[i]),
            };
        }

        return fields;
    }

    /// <summary>Gives structs the members of those of other modules that earlier inputs of a session have imported or declared.</summary>
    public void AdoptEarlier()
    {
        foreach (StructLayout layout in Owner.Module.Structs)
        {
            foreach (AdoptedStruct adopted in layout.Adopted)
            {
                if (adopted.IsEarlier && !Owner.ImportedSlots.Contains(adopted.Slot))
                {
                    AdoptAfter(adopted.Slot);
                }
            }
        }
    }

    /// <summary>
    /// Gives structs the members of those of other modules, once the imports of all of these have run.
    /// </summary>
    /// <param name="slot">The variable of the import that has run.</param>
    public void AdoptAfter(int slot)
    {
        if (!Owner.Adopters.TryGetValue(slot, out HashSet<StructLayout>? layouts) || !Owner.ImportedSlots.Add(slot))
        {
            return;
        }

        foreach (StructLayout layout in layouts)
        {
            if (layout.Adopted.All(adopted => Owner.ImportedSlots.Contains(adopted.Slot)))
            {
                Adopt(layout);
            }
        }
    }

    private void Adopt(StructLayout layout)
    {
        int mark = Registers.Top;
        int window = Registers.Reserve(4);
        foreach (AdoptedStruct adopted in layout.Adopted)
        {
            Code.At(layout.Declaration.NameSpan);
            Code.EmitWide(Opcode.GetModule, window + 1, layout.Symbol.Slot);
            Code.EmitWide(Opcode.GetModule, window + 2, adopted.Slot);
            if (adopted.Member is { } member)
            {
                Code.Emit(Opcode.ImportName, window + 2, window + 2, Tables.ConstantOperand(member));
            }

            string fields = Shape.DescribeFields(
                adopted.Struct.Fields.Select(static field => (field.Name, field.DefaultValue is not null)));
            Code.EmitWide(Opcode.LoadConst, window + 3, Tables.Constants.IndexOf(fields));
            Code.Emit(Opcode.CallBuiltin, window, Limits.Fit(Owner.BuiltinIndex(PreludeModule.Adopt), "builtins"), 3);
        }

        Registers.Top = mark;
    }

    /// <summary>
    /// The methods of a struct. Those of an enum or of a used struct are children that several structs share; those of structs of other
    /// modules are taken over when these are imported.
    /// </summary>
    private MethodInfo[] DescribeMethods(StructLayout layout)
    {
        ImmutableArray<ProcNode> own = layout.Adopted.Count == 0 ? layout.Methods : [.. layout.Methods.Where(Module.Procs.ContainsKey)];
        bool shares = layout.HasUsers || layout.Used.Count > 0;
        MethodInfo[] methods = new MethodInfo[own.Length + (layout.Enum?.Methods.Length ?? 0)];
        for (int i = 0; i < methods.Length; i++)
        {
            ProcNode method = i < own.Length ? own[i] : layout.Enum!.Methods[i - own.Length];
            bool hasSelf = method.Parameters.Length > 0 && method.Parameters[0].Name == "self";
            methods[i] = new MethodInfo(method.Name!, i < own.Length && !shares ? AddChild(method) : SharedChild(method), hasSelf);
        }

        return methods;
    }

    private int SharedChild(ProcNode method) =>
        Owner.SharedMethods.TryGetValue(method, out int child) ? child : Owner.SharedMethods[method] = AddChild(method);

    private int AddChild(ProcNode proc) => Tables.AddChild(ProcEmitter.Rent(Owner, Module.Procs[proc]).EmitProc());
}
