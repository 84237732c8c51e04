using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Operators;

namespace Lyra.Testing;

/// <summary>
/// Writes a tree as source in one canonical layout: one statement per line, four spaces per level, parentheses only where the grammar
/// needs them.
/// </summary>
/// <remarks>
/// <c>Print(Parse(Print(t)))</c> is <c>Print(t)</c>. The tree, and therefore the text, contains no comments and no blank lines, and does
/// not distinguish two spellings of the same thing (<c>&amp;&amp;</c> and <c>and</c>). Trees with syntax errors have no text.
/// </remarks>
internal sealed partial class AstPrinter
{
    private readonly StringBuilder _text = new();
    private int _indentation;

    private AstPrinter()
    {
    }

    public static string Print(ModuleNode module) => DeepStack.Run(module.Depth, () =>
    {
        AstPrinter printer = new();
        foreach (Statement statement in module.Statements)
        {
            printer.WriteLine(statement);
        }

        return printer._text.ToString();
    });

    private AstPrinter Write(string text)
    {
        _text.Append(text);
        return this;
    }

    private void WriteLine(Statement statement)
    {
        WriteIndentation();
        WriteStatement(statement);
        _text.Append('\n');
    }

    private void WriteIndentation() => _text.Append(' ', _indentation * 4);

    private void WriteSeparated<T>(ImmutableArray<T> items, Action<T> writeItem)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                Write(", ");
            }

            writeItem(items[i]);
        }
    }

    private void WriteStatement(Statement statement)
    {
        switch (statement)
        {
            case ExpressionStatement { Expression: IfExpression or MatchExpression } expression:
                WriteExpression(expression.Expression);
                break;
            case ExpressionStatement expression: WriteFirst(expression.Expression); break;
            case BlockStatement block: WriteBlock(block); break;
            case AssignmentStatement assignment: WriteAssignment(assignment); break;
            case CompoundAssignmentStatement compound:
                WriteFirst(compound.Target);
                Write(compound.Operator is { } binary ? $" {OperatorInfo.Of(binary).Text}= " : " ??= ");
                WriteExpression(compound.Value);
                break;
            case VariableDeclaration variable: WriteVariable(variable); break;
            case ProcDeclaration proc: WritePublic(proc.IsPublic).WriteProc(proc.Proc); break;
            case StructDeclaration structure: WriteStruct(structure); break;
            case EnumDeclaration cases: WriteEnum(cases); break;
            case TypeDeclaration type: WritePublic(type.IsPublic).Write($"type {type.Name} = ").WriteType(type.Type); break;
            case ImportModule or ImportNames: Write(ImportText.Of(statement)); break;
            case WhileStatement or ForStatement: WriteLoop(statement); break;
            case TryStatement attempt: WriteTry(attempt); break;
            default: WriteShort(statement); break;
        }
    }

    private void WriteShort(Statement statement)
    {
        switch (statement)
        {
            case ReturnStatement { Value: var value }: WriteKeyword("return", value); break;
            case YieldStatement { Value: var value }: WriteKeyword("yield", value); break;
            case ThrowStatement { Value: var value }: WriteKeyword("throw", value); break;
            case BreakStatement { Label: var label }: Write(label is null ? "break" : "break " + label); break;
            case ContinueStatement { Label: var label }: Write(label is null ? "continue" : "continue " + label); break;
            default: throw new ArgumentOutOfRangeException(nameof(statement), statement, "Every kind of statement has a case.");
        }
    }

    private void WriteKeyword(string keyword, Expression? value)
    {
        Write(keyword);
        if (value is not null)
        {
            Write(" ").WriteExpression(value);
        }
    }

    private void WriteBlock(BlockStatement block)
    {
        if (!block.HasBraces)
        {
            foreach (Statement statement in block.Statements)
            {
                WriteStatement(statement);
            }

            return;
        }

        if (block.Statements.IsEmpty)
        {
            Write("{ }");
            return;
        }

        bool outer = _isInHead;
        _isInHead = false;
        Write("{\n");
        _indentation++;
        foreach (Statement statement in block.Statements)
        {
            WriteLine(statement);
        }

        _indentation--;
        WriteIndentation();
        Write("}");
        _isInHead = outer;
    }

    private void WriteAssignment(AssignmentStatement assignment)
    {
        for (int i = 0; i < assignment.Targets.Length; i++)
        {
            if (i > 0)
            {
                Write(", ").WriteExpression(assignment.Targets[i]);
            }
            else
            {
                WriteFirst(assignment.Targets[i]);
            }
        }

        Write(" = ");
        WriteSeparated(assignment.Values, WriteExpression);
    }

    private AstPrinter WritePublic(bool isPublic) => isPublic ? Write("pub ") : this;

    private void WriteVariable(VariableDeclaration variable)
    {
        string keyword = variable.Kind switch { VariableKind.Var => "var ", VariableKind.Let => "let ", VariableKind.Const => "const " };
        WritePublic(variable.IsPublic).Write(keyword).WritePattern(variable.Target);
        WriteAnnotation(variable.Annotation);
        WriteDefault(variable.Initializer);
    }

    private void WriteAnnotation(TypeNode? annotation)
    {
        if (annotation is not null)
        {
            Write(": ").WriteType(annotation);
        }
    }

    private void WriteDefault(Expression? value)
    {
        if (value is not null)
        {
            Write(" = ").WriteExpression(value);
        }
    }

    private void WriteStruct(StructDeclaration structure)
    {
        WritePublic(structure.IsPublic).Write($"struct {structure.Name} {{\n");
        _indentation++;
        foreach (Node member in structure.Fields.Concat<Node>(structure.Uses).OrderBy(static member => member.Span.Start))
        {
            WriteIndentation();
            if (member is FieldDeclaration field)
            {
                WriteField(field);
            }
            else if (member is UseClause use)
            {
                Write("use ").WriteType(use.Type);
            }

            Write("\n");
        }

        WriteMethods(structure.Methods);
    }

    private void WriteEnum(EnumDeclaration declaration)
    {
        WritePublic(declaration.IsPublic).Write($"enum {declaration.Name} {{\n");
        _indentation++;
        foreach (EnumCase member in declaration.Cases)
        {
            WriteIndentation();
            Write(member.Name);
            if (!member.Fields.IsEmpty)
            {
                Write("(").WriteSeparated(member.Fields, WriteField);
                Write(")");
            }

            // A case may have the name of an operator, which would go on with the line before it.
            Write(",\n");
        }

        WriteMethods(declaration.Methods);
    }

    private void WriteField(FieldDeclaration field)
    {
        Write(field.Name).WriteAnnotation(field.Annotation);
        WriteDefault(field.DefaultValue);
    }

    /// <summary>Writes the procs at the end of a declaration, and its closing brace.</summary>
    private void WriteMethods(ImmutableArray<ProcNode> methods)
    {
        foreach (ProcNode method in methods)
        {
            WriteIndentation();
            WriteProc(method);
            Write("\n");
        }

        _indentation--;
        WriteIndentation();
        Write("}");
    }

    private void WriteLoop(Statement statement)
    {
        if (statement is WhileStatement loop)
        {
            Write(loop.Label is null ? "while " : loop.Label + ": while ").WriteHead(loop.Condition);
            Write(" ").WriteBlock(loop.Body);
        }
        else if (statement is ForStatement each)
        {
            Write(each.Label is null ? "for " : each.Label + ": for ").WritePattern(each.First);
            if (each.Second is not null)
            {
                Write(", ").WritePattern(each.Second);
            }

            Write(" in ").WriteHead(each.Iterable);
            Write(" ").WriteBlock(each.Body);
        }
    }

    private void WriteTry(TryStatement attempt)
    {
        Write("try ").WriteBlock(attempt.Body);
        foreach (CatchClause clause in attempt.Catches)
        {
            Write(" catch ");
            if (clause.Name is not null)
            {
                Write(clause.Name);
            }

            if (clause.Kind is not null)
            {
                Write(": ").WriteString(clause.Kind);
            }

            Write(clause.Name is null ? "" : " ").WriteBlock(clause.Body);
        }

        if (attempt.Finally is not null)
        {
            Write(" finally ").WriteBlock(attempt.Finally);
        }
    }
}
