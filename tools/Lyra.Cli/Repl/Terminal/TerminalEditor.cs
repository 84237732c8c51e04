using System;
using System.Collections.Generic;
using System.Threading;
using RadLine;
using Spectre.Console;

namespace Lyra.Cli.Repl.Terminal;

/// <summary>
/// Edits one input at the terminal, with RadLine. RadLine can neither split, join nor remove lines, so for this the editor begins anew with
/// the changed text, at the same place of the screen.
/// </summary>
internal sealed class TerminalEditor
{
    private const int Indent = 4;

    private readonly IAnsiConsole _console;
    private readonly KeySource _keys;
    private readonly Func<string, Completion> _complete;
    private readonly EditorColors _colors = new();
    private readonly EditedInput _input = new();
    private readonly EditorScreen _screen;
    private readonly InputHistory _history;
    private readonly Dictionary<(ConsoleKey Key, ConsoleModifiers Modifiers), Action<LineEditorContext>> _bindings;

    /// <summary>Moves that remain to be made, because RadLine makes one at a time.</summary>
    private readonly Queue<Action<LineEditorContext>> _moves = new();

    /// <summary>If RadLine was stopped in order to begin anew with the text of the input: the lines on the screen; 0 otherwise.</summary>
    private int _staleLines;

    /// <param name="console">The terminal.</param>
    /// <param name="keys">Its keyboard.</param>
    /// <param name="entries">The earlier inputs.</param>
    /// <param name="complete">Completes the text before the cursor.</param>
    public TerminalEditor(IAnsiConsole console, KeySource keys, IReadOnlyList<string> entries, Func<string, Completion> complete)
    {
        _console = console;
        _keys = keys;
        _complete = complete;
        _screen = new EditorScreen(console, _input);
        _history = new InputHistory(entries);
        _bindings = Bindings();
    }

    /// <summary>Whether the user has ended the session.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Edits the input until it is complete. Returns an empty text if the user discards it.</summary>
    public string Read()
    {
        string? text = ReadLines();
        while (_staleLines > 0)
        {
            _screen.EraseAbove(_staleLines);
            _staleLines = 0;
            text = ReadLines();
        }

        return text is null ? string.Empty : _input.Text;
    }

    private string? ReadLines()
    {
        LineEditor editor = new(_console, _keys)
        {
            MultiLine = true,
            Prompt = new EditorPrompt(OnLine),
            Highlighter = _colors,
            Text = _input.Text,
        };
        editor.KeyBindings.Clear();
        editor.KeyBindings.Add(KeySource.Signal, () => new KeyCommand(OnKey));
        _keys.HasWork = _moves.Count > 0;
        return editor.ReadLine(CancellationToken.None).GetAwaiter().GetResult();
    }

    private Dictionary<(ConsoleKey Key, ConsoleModifiers Modifiers), Action<LineEditorContext>> Bindings() => new()
    {
        [(ConsoleKey.Enter, ConsoleModifiers.None)] = Enter,
        [(ConsoleKey.Enter, ConsoleModifiers.Alt)] = NewLine,
        [(ConsoleKey.Tab, ConsoleModifiers.None)] = Complete,
        [(ConsoleKey.Backspace, ConsoleModifiers.None)] = Backspace,
        [(ConsoleKey.Delete, ConsoleModifiers.None)] = Delete,
        [(ConsoleKey.LeftArrow, ConsoleModifiers.None)] = new MoveLeftCommand().Execute,
        [(ConsoleKey.RightArrow, ConsoleModifiers.None)] = new MoveRightCommand().Execute,
        [(ConsoleKey.LeftArrow, ConsoleModifiers.Control)] = new PreviousWordCommand().Execute,
        [(ConsoleKey.RightArrow, ConsoleModifiers.Control)] = new NextWordCommand().Execute,
        [(ConsoleKey.Home, ConsoleModifiers.None)] = new MoveHomeCommand().Execute,
        [(ConsoleKey.End, ConsoleModifiers.None)] = new MoveEndCommand().Execute,
        [(ConsoleKey.A, ConsoleModifiers.Control)] = new MoveHomeCommand().Execute,
        [(ConsoleKey.E, ConsoleModifiers.Control)] = new MoveEndCommand().Execute,
        [(ConsoleKey.UpArrow, ConsoleModifiers.None)] = Up,
        [(ConsoleKey.DownArrow, ConsoleModifiers.None)] = Down,
        [(ConsoleKey.P, ConsoleModifiers.Control)] = Up,
        [(ConsoleKey.N, ConsoleModifiers.Control)] = Down,
        [(ConsoleKey.C, ConsoleModifiers.Control)] = static context => context.Submit(SubmitAction.Cancel),
        [(ConsoleKey.D, ConsoleModifiers.Control)] = EndOrDelete,
        [(ConsoleKey.W, ConsoleModifiers.Control)] = DeleteWord,
        [(ConsoleKey.U, ConsoleModifiers.Control)] = context => Cut(context.Buffer, 0, context.Buffer.Position),
        [(ConsoleKey.K, ConsoleModifiers.Control)] = context => Cut(context.Buffer, context.Buffer.Position, context.Buffer.Length),
        [(ConsoleKey.L, ConsoleModifiers.Control)] = _ => _screen.Clear(),
    };

    /// <summary>Called before RadLine draws a line.</summary>
    private void OnLine(int line)
    {
        // RadLine draws an unknown part of a line that is too long, and lines that are erased next, because the input was replaced.
        if (line >= _input.Lines.Count || _input.Lines[line].Length > _screen.TextWidth)
        {
            _colors.Begin(string.Empty, []);
            return;
        }

        string text = _input.Lines[line];
        _colors.Begin(text, new ArraySegment<TextClass>(TextClasses.Of(_input.Text), _input.StartOf(line), text.Length));
    }

    private void OnKey(LineEditorContext context)
    {
        ConsoleKeyInfo key = _keys.Take();
        if (_moves.TryDequeue(out Action<LineEditorContext>? move))
        {
            move(context);
            _keys.HasWork = _moves.Count > 0;
        }
        else if (key.KeyChar != '\0' && !char.IsControl(key.KeyChar) && (key.Modifiers & ConsoleModifiers.Alt) == 0)
        {
            Insert(context.Buffer, key.KeyChar.ToString());
        }
        else if (_bindings.TryGetValue((key.Key, key.Modifiers), out Action<LineEditorContext>? action))
        {
            action(context);
        }
    }

    /// <summary>
    /// Ends the input if it is complete, begins a new line otherwise. An empty line ends an input that the user can't complete; pasted text
    /// may contain empty lines.
    /// </summary>
    private void Enter(LineEditorContext context)
    {
        string text = _input.Text;
        bool isGivenUp = string.IsNullOrWhiteSpace(context.Buffer.Content) && _input.Lines.Count > 1 && !KeySource.IsPasting;
        if (isGivenUp || SessionCommands.IsCommand(text) || !LyraSession.IsIncomplete(text))
        {
            context.Submit(SubmitAction.Submit);
        }
        else
        {
            NewLine(context);
        }
    }

    private void NewLine(LineEditorContext context)
    {
        if (_input.IsOnLastLine && context.Buffer.AtEnd)
        {
            _input.AddLine();
            context.Submit(SubmitAction.NewLine);
            return;
        }

        Replace(context, _input.TextBefore(context.Buffer) + "\n", _input.TextAfter(context.Buffer));
    }

    private void Backspace(LineEditorContext context)
    {
        if (context.Buffer.AtBeginning && _input.Line > 0)
        {
            Replace(context, _input.TextBefore(context.Buffer)[..^1], _input.TextAfter(context.Buffer));
            return;
        }

        new BackspaceCommand().Execute(context);
        _input.Update(context.Buffer);
    }

    private void Delete(LineEditorContext context)
    {
        if (context.Buffer.AtEnd && !_input.IsOnLastLine)
        {
            Replace(context, _input.TextBefore(context.Buffer), _input.TextAfter(context.Buffer)[1..]);
            return;
        }

        new DeleteCommand().Execute(context);
        _input.Update(context.Buffer);
    }

    private void EndOrDelete(LineEditorContext context)
    {
        if (_input.Text.Length > 0)
        {
            Delete(context);
            return;
        }

        IsEnd = true;
        context.Submit(SubmitAction.Cancel);
    }

    private void DeleteWord(LineEditorContext context)
    {
        LineBuffer buffer = context.Buffer;
        int end = buffer.Position;
        int start = end;
        while (start > 0 && char.IsWhiteSpace(buffer.Content[start - 1]))
        {
            start--;
        }

        while (start > 0 && !char.IsWhiteSpace(buffer.Content[start - 1]))
        {
            start--;
        }

        Cut(buffer, start, end);
    }

    private void Up(LineEditorContext context)
    {
        if (_input.Line > 0)
        {
            _input.Line--;
            context.Submit(SubmitAction.MoveUp);
        }
        else if (_history.StepBack(_input.Text) is { } entry)
        {
            Replace(context, entry, string.Empty);
        }
    }

    private void Down(LineEditorContext context)
    {
        if (!_input.IsOnLastLine)
        {
            _input.Line++;
            context.Submit(SubmitAction.MoveDown);
        }
        else if (_history.StepForward() is { } entry)
        {
            Replace(context, entry, string.Empty);
        }
    }

    /// <summary>Completes the word at the cursor, or lists the ways to do so. Indents the line if there is only white space.</summary>
    private void Complete(LineEditorContext context)
    {
        LineBuffer buffer = context.Buffer;
        if (string.IsNullOrWhiteSpace(buffer.Content[..buffer.Position]))
        {
            Insert(buffer, new string(' ', Indent - (buffer.Position % Indent)));
            return;
        }

        string text = _input.TextBefore(buffer);
        Completion completion = _complete(text);
        int typed = text.Length - completion.Start;
        string rest = completion.CommonPrefix.Length > typed ? completion.CommonPrefix[typed..] : string.Empty;
        if (rest.Length > 0)
        {
            Insert(buffer, rest);
        }
        else if (completion.Candidates.Count > 1)
        {
            _screen.ShowCandidates(completion.Candidates);
        }
    }

    private void Insert(LineBuffer buffer, string text)
    {
        buffer.Insert(text);
        buffer.Move(buffer.Position + text.Length);
        _input.Update(buffer);
    }

    private void Cut(LineBuffer buffer, int start, int end)
    {
        buffer.Clear(start, end - start);
        buffer.Move(start);
        _input.Update(buffer);
    }

    /// <summary>Begins anew with other lines and the cursor between two texts.</summary>
    private void Replace(LineEditorContext context, string before, string after)
    {
        _staleLines = _input.Lines.Count;
        _input.Replace(before + after);
        string[] lines = before.Split('\n');
        for (int i = 1; i < lines.Length; i++)
        {
            _moves.Enqueue(next =>
            {
                _input.Line++;
                next.Submit(SubmitAction.MoveDown);
            });
        }

        _moves.Enqueue(next => next.Buffer.Move(lines[^1].Length));
        context.Submit(SubmitAction.Cancel);
    }
}
