using System;
using System.Collections.Generic;
using System.Diagnostics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Dates;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>The properties of built-in types: <c>x.name</c> without a call.</summary>
internal static class Members
{
    /// <summary>The property of an enum that lists the values of its cases.</summary>
    public const string Cases = "cases";

    /// <summary>The property of an enum that lists the names of its cases.</summary>
    public const string Names = "names";

    /// <summary>The property of a value of an enum that is the name of its case.</summary>
    public const string Name = "name";

    /// <summary>The property of a value of an enum that is the position of its case.</summary>
    public const string Ordinal = "ordinal";

    /// <summary>The property of a task that tells whether it has ended.</summary>
    public const string Done = "done";

    /// <summary>The property of a task that is its result.</summary>
    public const string Result = "result";

    /// <summary>The properties of a task.</summary>
    public static readonly string[] OfTask = [Done, Result];

    /// <summary>The properties of an error.</summary>
    public static readonly string[] OfError = ["kind", "message", "line", "column", "file", "trace", "cause"];

    /// <summary>Reads a property; false when the type has no property of this name.</summary>
    /// <exception cref="ScriptErrorException">
    /// The property is the result of a task that failed or was cancelled; the error is that of the task.
    /// </exception>
    public static bool TryGetProperty(ScriptContext context, in Value receiver, string name, out Value value)
    {
        switch (receiver.Ref)
        {
            case TaskObject task:
                return TryGetOfTask(task, name, out value);
            case ErrorObject error:
                return TryGetOfError(context, error, name, out value);
            case EnumType type:
                return TryGetOfEnum(context, type, name, out value);
            case StructObject { Shape.Enum: not null } instance:
                Value? property = OfCase(instance.Shape, name);
                value = property ?? default;
                return property is not null;
            default:
                value = default;
                return receiver.IsAnyInt && DurationRows.TryMake(context, receiver, name, out value);
        }
    }

    /// <summary>Whether a value has a property of this name. Properties are read-only.</summary>
    public static bool IsProperty(in Value receiver, string name) => receiver.Ref switch
    {
        TaskObject => Array.IndexOf(OfTask, name) >= 0,
        ErrorObject => IsOfErrors(name),
        EnumType => IsOfEnums(name),
        StructObject instance => OfCase(instance.Shape, name) is not null,
        _ => receiver.IsAnyInt && IsOfInts(name),
    };

    /// <summary>Whether ints have a property of this name.</summary>
    public static bool IsOfInts(string name) => DurationRows.IsUnit(name);

    /// <summary>Whether errors have a property of this name.</summary>
    public static bool IsOfErrors(string name) => Array.IndexOf(OfError, name) >= 0;

    /// <summary>Whether enums have a property of this name.</summary>
    public static bool IsOfEnums(string name) => name is Cases or Names;

    private static bool TryGetOfEnum(ScriptContext context, EnumType type, string name, out Value value)
    {
        value = default;
        if (name is not (Cases or Names))
        {
            return false;
        }

        context.Charge(type.Cases.Length);
        Value[] items = new Value[type.Cases.Length];
        for (int i = 0; i < items.Length; i++)
        {
            EnumMember member = type.Cases[i];
            items[i] = name == Names ? Make.Text(context, member.Name)
                : member.Value is { } plain ? Value.FromObject(plain)
                : throw Throw.FieldError($"enum {type.Name} has no list of cases, because {member.Name} has fields; it has names");
        }

        value = Value.FromObject(ListObject.Of(context, items));
        return true;
    }

    /// <summary>
    /// The name or position of a case whose values have fields; null for other names and structs. The other cases hold these in fields.
    /// </summary>
    public static Value? OfCase(Shape shape, string name)
    {
        if (shape.Enum is not { } owner || shape.IsPlain || shape.FindMethod(name) is not null)
        {
            return null;
        }

        return name switch
        {
            Name => Value.FromText(owner.Cases[shape.Ordinal].Name),
            Ordinal => Value.FromInt(shape.Ordinal),
            _ => null,
        };
    }

    private static bool TryGetOfTask(TaskObject task, string name, out Value value)
    {
        value = default;
        switch (name)
        {
            case Done:
                value = Value.FromBool(task.IsDone);
                return true;
            case Result:
                value = ResultOf(task);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Nil before the task is done. Reading the result of a failed task throws its error and marks it as observed.</summary>
    private static Value ResultOf(TaskObject task)
    {
        switch (task.State)
        {
            case TaskState.Finished:
                return task.Result;
            case TaskState.Failed:
                task.IsObserved = true;
                throw new ScriptErrorException(task.Error!);
            case TaskState.Cancelled:
                throw Throw.Error(ErrorKinds.Cancelled, "the task was cancelled and has no result");
            case TaskState.Pending or TaskState.Running:
                return Value.Nil;
            default:
                throw new UnreachableException();
        }
    }

    private static bool TryGetOfError(ScriptContext context, ErrorObject error, string name, out Value value)
    {
        value = name switch
        {
            "kind" => Make.Text(context, error.ErrorKind),
            "message" => error.MessageOwner is { } owner ? Value.FromObject(owner) : Make.Text(context, error.Message),
            "line" => Value.FromInt(error.Line),
            "column" => Value.FromInt(error.Column),
            "file" => Value.FromText(error.File),
            "trace" => TraceOf(context, error),
            "cause" => Value.FromObject(error.Cause),
            _ => Value.Unset,
        };
        return !value.IsUnset;
    }

    private static Value TraceOf(ScriptContext context, ErrorObject error)
    {
        List<Value> lines = [];
        foreach (string line in error.TraceLines())
        {
            lines.Add(Make.Text(context, line));
        }

        return Value.FromObject(ListObject.Of(context, lines.ToArray()));
    }
}
