import { html } from './html';

describe(html.name, () => {
  it('escapes every value', () => {
    const name = `<script>alert("it's me & you")</script>`;

    expect(html`<p title="${name}">${name}</p>`.toString()).toBe(
      '<p title="&lt;script&gt;alert(&quot;it&#39;s me &amp; you&quot;)&lt;/script&gt;">' +
        '&lt;script&gt;alert(&quot;it&#39;s me &amp; you&quot;)&lt;/script&gt;</p>',
    );
  });

  it('embeds templates and lists of them as they are', () => {
    const items = ['<1>', 2].map((item) => html`<i>${item}</i>`);

    expect(html`<b>${items}</b>`.toString()).toBe('<b><i>&lt;1&gt;</i><i>2</i></b>');
    expect(html`<b>${html`<i></i>`}</b>`.toString()).toBe('<b><i></i></b>');
  });
});
