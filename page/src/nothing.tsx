/** What is shown where nothing is. */

export function Nothing() {
  return (
    <p class="empty">
      <strong>No root is left.</strong> Remove a choice, or search for less.
    </p>
  );
}
