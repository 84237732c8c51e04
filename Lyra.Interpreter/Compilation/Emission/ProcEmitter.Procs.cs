using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Whole procs, modules and structs.</summary>
internal sealed partial class ProcEmitter
{
    public Prototype EmitModule()
    {
        ImmutableArray<Statement> statements = _owner.Node.Statements;
        foreach (StructLayout layout in _module.Structs) DefineStruct(layout);
        foreach (Statement statement in statements)
        {
            if (statement is ProcDeclaration proc) DefineModuleProc(proc);
        }

        bool hasValue = statements.Length > 0 && statements[^1] is ExpressionStatement;
        for (int i = 0; i < statements.Length - (hasValue ? 1 : 0); i++) EmitStatement(statements[i]);
        At(new SourceSpan(_owner.Text.Length, 0));
        if (hasValue)
        {
            Operand value = Eval(((ExpressionStatement)statements[^1]).Expression);
            _code.Emit(Opcode.Return, value.Register);
        }
        else
        {
            _code.Emit(Opcode.ReturnNil);
        }

        return Finish([]);
    }

    private void DefineModuleProc(ProcDeclaration declaration)
    {
        int mark = _top;
        int register = Reserve();
        EvalClosure(declaration.Proc, register);
        _code.EmitWide(Opcode.SetModule, register, _module.Symbols[declaration].Slot);
        _top = mark;
    }

    private StaticType EvalClosure(ProcNode proc, int target)
    {
        At(proc.NameSpan);
        _code.EmitWide(Opcode.NewClosure, target, AddChild(new ProcEmitter(_owner, _module.Procs[proc]).EmitProc()));
        return new StaticType(SlotKind.Proc);
    }

    private int AddChild(Prototype prototype)
    {
        _children.Add(prototype);
        return _children.Count - 1;
    }

    private Prototype EmitProc()
    {
        ProcNode node = _context.Node!;
        ParameterInfo[] parameters = new ParameterInfo[node.Parameters.Length];
        ReserveParameters(parameters.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            Parameter parameter = node.Parameters[i];
            parameters[i] = new ParameterInfo(parameter.Name, parameter.DefaultValue is not null, parameter.IsRest);
            EmitParameter(_module.Symbols[parameter], i, parameter.DefaultValue, parameter.NameSpan, parameter.IsRest);
        }

        EmitValueBlock(node.Body, NoTarget, null);
        EmitEnd(node);
        return Finish(parameters);
    }

    /// <summary>Fills in a default, checks the annotation, and boxes the parameter when closures share it.</summary>
    private void EmitParameter(Symbol symbol, int register, Expression? defaultValue, SourceSpan span, bool isRest)
    {
        if (defaultValue is not null)
        {
            Label isSet = _code.NewLabel();
            EmitConditionalJump(Opcode.JumpIfSet, span, isSet, register);
            StaticType type = EvalTo(defaultValue, register, symbol.Type);
            ReportMismatch(type, symbol.Type, defaultValue.Span);
            _code.Bind(isSet);
        }

        At(span);
        if (isRest && symbol.Type is { HasElementTypes: true }) GiveElementType(register, symbol.Type, span);
        else if (symbol.Type is not null) _code.EmitWide(Opcode.CheckSlot, register, TypeIndex(symbol.Type));
        Settle(symbol, register);
    }

    /// <summary>The end of the body, where no return stands: nil, when the result may be that.</summary>
    private void EmitEnd(ProcNode node)
    {
        At(new SourceSpan(System.Math.Max(node.Body.Span.End - 1, 0), 0));
        SlotType? type = ResultSlot;
        Completion completion = type is null ? Completion.Sometimes : FlowAnalysis.Of(node.Body.Statements);
        if (type is null || completion == Completion.Never || StoreRules.Judge(StaticType.Nil, type) == StoreVerdict.Proven)
        {
            _code.Emit(Opcode.ReturnNil);
            return;
        }

        if (completion == Completion.Always) Report(CompilerDiagnostics.MissingResult, node.NameSpan, _context.Name, type.Display());
        int register = Reserve();
        _code.Emit(Opcode.LoadNil, register);
        _code.EmitWide(Opcode.CheckSlot, register, TypeIndex(type));
        _code.Emit(Opcode.Return, register);
    }

    /// <summary>Makes a struct type and puts it into its module variable. Nested structs are made here, too: their procs use nothing around them.</summary>
    private void DefineStruct(StructLayout layout)
    {
        int mark = _top;
        StructDeclaration declaration = layout.Declaration;
        int constructor = AddChild(new ProcEmitter(_owner, layout.Constructor).EmitConstructor(layout));
        FieldInfo[] fields = new FieldInfo[declaration.Fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            SlotType? type = layout.FieldSymbols[i].Type;
            fields[i] = new FieldInfo(declaration.Fields[i].Name, type is null ? -1 : TypeIndex(type), declaration.Fields[i].DefaultValue is not null);
        }

        MethodInfo[] methods = new MethodInfo[declaration.Methods.Length];
        for (int i = 0; i < methods.Length; i++)
        {
            ProcNode method = declaration.Methods[i];
            bool hasSelf = method.Parameters.Length > 0 && method.Parameters[0].Name == "self";
            methods[i] = new MethodInfo(method.Name!, AddChild(new ProcEmitter(_owner, _module.Procs[method]).EmitProc()), hasSelf);
        }

        _structs.Add(new StructInfo(declaration.Name, fields, methods, constructor));
        int register = Reserve();
        At(declaration.NameSpan);
        _code.EmitWide(Opcode.NewStructType, register, _structs.Count - 1);
        _code.EmitWide(Opcode.SetModule, register, layout.Symbol.Slot);
        _top = mark;
    }

    private Prototype EmitConstructor(StructLayout layout)
    {
        ImmutableArray<FieldDeclaration> fields = layout.Declaration.Fields;
        ParameterInfo[] parameters = new ParameterInfo[fields.Length];
        ReserveParameters(fields.Length);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new ParameterInfo(fields[i].Name, fields[i].DefaultValue is not null, false);
            EmitParameter(layout.FieldSymbols[i], i, fields[i].DefaultValue, fields[i].NameSpan, isRest: false);
        }

        At(layout.Declaration.NameSpan);
        foreach (Symbol field in layout.FieldSymbols)
        {
            if (field.NeedsUpvalue) _code.Emit(Opcode.LoadUpvalue, field.Register, field.Register);
        }

        int instance = Reserve();
        _code.Emit(Opcode.MakeStruct, instance, Fit(layout.Symbol.Slot, "module variables"), fields.Length);
        _code.Emit(Opcode.Return, instance);
        return Finish(parameters);
    }
}
